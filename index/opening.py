"""What opening an index comes to before it is read: an older form is migrated, the generation held, damage told of."""

from __future__ import annotations

from pathlib import Path

from index.errors import IndexBusyError, IndexMissingError, IndexUnwritableError
from index.generations import current_number, generation_folder
from index.lock import hold_for_reading
from index.manifest import MANIFEST_FILE
from index.published import Published
from index.settings import Settings
from index.steps import Steps, silent

# With more damaged files than these, a line names their folders instead.
NAMED_FILES = 3


def hold_current(index: Path) -> tuple[int, int | None]:
    """The number of the current generation, held for reading, or with None when there is nothing to hold."""
    while True:
        number = current_number(index)
        try:
            return number, hold_for_reading(generation_folder(index, number) / MANIFEST_FILE)
        except OSError:
            # A writer may have published and cleared since the first line; then there is a newer number.
            if current_number(index) == number:
                return number, None


def make_again(settings: Settings, steps: Steps | None) -> None:
    """Makes what is damaged again, in a new generation."""
    from index.build import repair

    repair(settings, steps=steps)


def told_damage(found: Published) -> str:
    """What is damaged and from what it is made again, as a clause without its full stop."""
    many = len(found.damaged) > NAMED_FILES
    named = dict.fromkeys(name.split("/")[0] if many else name for name in found.damaged)
    origin = "备份恢复" if set(found.damaged) == set(found.damaged_stores) else "资料库重新生成"
    return f"索引文件 {'、'.join(named)} 已损坏或缺失，已从{origin}"


def migrated(settings: Settings, steps: Steps | None) -> tuple[str, ...]:
    """Brings an index of an older form to the present one, where it can be written; the line that says so."""
    from index.migrate import migrate, needs_migration
    from index.steps import standard_steps

    try:
        if not needs_migration(settings.folder):
            return ()
        migrate(settings, steps or standard_steps(), silent)
    except (IndexMissingError, IndexBusyError, IndexUnwritableError):
        # Whoever opens the index next says what is the matter with it.
        return ()
    return ("索引由旧版本建立，已升级为现在的格式。",)
