"""The front door: builds the Gradio page over a chain and mounts it, with REST beside it, on one app."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from web.about import About
from web.answerer import Answerer
from web.ballot import DOWN, UP
from web.bubbles import EMPTY_PANEL
from web.conversation import QUESTION_CHARACTERS, Bubble, Conversation, ask, ask_without
from web.escape import escape
from web.feedback import FeedbackFile, Keep
from web.masthead import masthead
from web.server import open_port, run, shown_host
from web.voting import EXPECTED_CHARACTERS, Slip, cast, tell_expected

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

    from index.library import Library
    from web.matrix.source import MatrixSource

TITLE = "产改问答"
WELCOME = (
    '<div class="welcome"><div class="welcome-head">想知道什么，直接问</div>'
    "<div>技能补贴、考级评聘、产业学院、各地做法……用平常话说就行。资料里没有的，会老实告诉您没有。</div></div>"
)
PANEL_HEAD = '<div class="panel-head">出处</div>'
AT_ONCE = 4
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
STATE_SECONDS = 4 * 3600


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the page that react: Gradio components, whose types Gradio leaves open."""

    chat: Any
    box: Any
    panel: Any
    fresh: Any
    foot: Any
    conversation: Any
    slip: Any
    expected: Any
    tapped: Any
    again: Any


def calm_gradio() -> None:
    """Tells Gradio, before it is imported, to call nobody, keep no runs, and use a folder of this process."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    os.environ.setdefault("GRADIO_TEMP_DIR", str(Path(tempfile.gettempdir()) / f"changai-{os.getpid()}"))


def messages(bubbles: list[Bubble]) -> list[dict[str, Any]]:
    """The bubbles as Gradio's Chatbot takes them; tapping an option asks it."""
    return [
        {
            "role": bubble.role,
            "content": bubble.html,
            "options": [{"value": option, "label": option} for option in bubble.options],
        }
        for bubble in bubbles
    ]


def footline(about: About) -> str:
    """The line at the foot of the page."""
    parts = "".join(f"<span>{escape(part)}</span>" for part in about.line.split(" · "))
    return f'<div class="footline">{parts}</div>'


def build_page(chain: Answerer, about: Callable[[], About], keep: Keep, has_matrix: bool) -> Blocks:
    """The page: a chat whose answers can be voted on, a panel of sources, examples, and a line about the library.

    Where the site has the matrix too, tabs at the top lead to it.
    """
    calm_gradio()
    import gradio as gr

    with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False) as page:
        conversation = gr.State(Conversation(), time_to_live=STATE_SECONDS)
        with gr.Row(elem_id="top"):
            gr.Markdown(masthead("talk", has_matrix), elem_id="masthead")
            fresh = gr.Button("新对话", elem_id="fresh", size="sm")
        with gr.Row(elem_id="rooms"):
            with gr.Column(elem_id="talk"):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label="对话",
                    show_label=False,
                    container=False,
                    placeholder=WELCOME,
                    examples=[{"text": example} for example in about().examples],
                    buttons=[],
                    feedback_options=(UP, DOWN),
                    latex_delimiters=[],
                    layout="bubble",
                    autoscroll=False,
                )
                slip = gr.Markdown(elem_id="slip", visible=False)
                expected = gr.Textbox(
                    elem_id="expected",
                    label="应该怎么答？",
                    show_label=False,
                    container=False,
                    placeholder="应该怎么答？（可不填）",
                    max_lines=3,
                    max_length=EXPECTED_CHARACTERS,
                    submit_btn="提交",
                    visible=False,
                )
                box = gr.Textbox(
                    elem_id="box",
                    label="问题",
                    show_label=False,
                    container=False,
                    placeholder="用平常话问就行",
                    max_lines=4,
                    max_length=QUESTION_CHARACTERS,
                    submit_btn="发送",
                )
            with gr.Column(elem_id="panel"):
                gr.Markdown(PANEL_HEAD)
                panel = gr.Markdown(EMPTY_PANEL, elem_id="sources", latex_delimiters=[])
        foot = gr.Markdown(footline(about()), elem_id="footline")
        # The page's script tells by these two, which nobody sees, that a chip of a filter was tapped.
        tapped = gr.Textbox(elem_id="tapped", label="去掉的条件", show_label=False, container=False)
        again = gr.Button("再问一次", elem_id="again")
        parts = Parts(chat, box, panel, fresh, foot, conversation, slip, expected, tapped, again)
        listen(chain, about, parts)
        listen_to_votes(parts, keep)
    page.queue(default_concurrency_limit=AT_ONCE)
    return page


def listen(chain: Answerer, about: Callable[[], About], parts: Parts) -> None:
    """Joins the parts of the page: sending, tapping an example, a suggestion or a filter, starting afresh."""
    import gradio as gr

    def answer(question: str, so_far: Conversation) -> Iterator[tuple[Any, ...]]:
        yield from shown_steps(ask(chain, question, so_far), so_far)

    def answer_again(tapped: str, so_far: Conversation) -> Iterator[tuple[Any, ...]]:
        # What stands in the box was not sent, and stays.
        for step in shown_steps(ask_without(chain, tapped, so_far), so_far):
            yield (*step[:4], gr.skip(), *step[5:])

    def shown_steps(
        steps: Iterator[tuple[list[Bubble], Conversation]], so_far: Conversation
    ) -> Iterator[tuple[Any, ...]]:
        # The box is emptied once: what is typed while the answer comes in must stay.
        box_now: Any = ""
        slip_now: tuple[Any, ...] = slip_shown(Slip())
        for bubbles, grown in steps:
            # The foot is brought up to date with each answer: an event of its own as the page opens would race with
            # a quick first question, which Gradio then never answers.
            news = (grown, grown.panel(), footline(about())) if grown is not so_far else (gr.skip(),) * 3
            chat_now = gr.update(value=messages(bubbles), feedback_value=grown.marks())
            yield chat_now, *news, box_now, *slip_now
            box_now, slip_now = gr.skip(), (gr.skip(), gr.skip())

    def answer_example(so_far: Conversation, chosen: gr.SelectData) -> Iterator[tuple[Any, ...]]:
        yield from answer(chosen.value["text"], so_far)

    def answer_option(so_far: Conversation, chosen: gr.SelectData) -> Iterator[tuple[Any, ...]]:
        yield from answer(chosen.value, so_far)

    # The annotations are strings, and Gradio looks the event's type up by name, so it must be the class itself.
    answer_example.__annotations__["chosen"] = answer_option.__annotations__["chosen"] = gr.SelectData
    chat, box, conversation = parts.chat, parts.box, parts.conversation
    shown = [chat, conversation, parts.panel, parts.foot, box, parts.slip, parts.expected]
    running = [
        box.submit(answer, [box, conversation], shown, **QUIET),
        chat.example_select(answer_example, [conversation], shown, **QUIET),
        chat.option_select(answer_option, [conversation], shown, **QUIET),
        parts.again.click(answer_again, [parts.tapped, conversation], shown, **QUIET),
    ]
    # An answer still on its way would write the old conversation back, so it is cancelled.
    parts.fresh.click(
        lambda: ([], Conversation(), EMPTY_PANEL, footline(about()), "", *slip_shown(Slip())),
        None,
        shown,
        cancels=running,
        **QUIET,
    )


def slip_shown(slip: Slip) -> tuple[Any, Any]:
    """What the line under the chat and the box under that line become."""
    import gradio as gr

    box: dict[str, Any] = {"visible": slip.asks} if slip.asks else {"visible": False, "value": ""}
    return gr.update(value=slip.html, visible=bool(slip.html)), gr.update(**box)


def listen_to_votes(parts: Parts, keep: Keep) -> None:
    """Joins the thumbs under the answers, and the box that asks for a better one, to the keeper of votes."""
    import gradio as gr

    def vote(so_far: Conversation, thumb: gr.LikeData) -> tuple[Any, ...]:
        # A message's index counts questions too. Gradio tells a thumb that was let go by an empty text: no vote.
        if not isinstance(thumb.index, int) or not isinstance(thumb.liked, bool):
            return gr.skip(), gr.skip(), gr.skip()
        slip = cast(so_far, thumb.index // 2, thumb.liked, keep)
        return gr.update(feedback_value=so_far.marks()), *slip_shown(slip)

    def expect(so_far: Conversation, expected: str) -> tuple[Any, Any]:
        return slip_shown(tell_expected(so_far, expected, keep))

    vote.__annotations__["thumb"] = gr.LikeData
    # Votes go past the queue, with an answer of their own: two events of the queue that set out together race for its
    # stream, and Gradio then never answers one of them, which may be the next question. None is dropped.
    quick = {**QUIET, "queue": False}
    parts.chat.like(
        vote, [parts.conversation], [parts.chat, parts.slip, parts.expected], trigger_mode="multiple", **quick
    )
    parts.expected.submit(expect, [parts.conversation, parts.expected], [parts.slip, parts.expected], **quick)


def make_app(chain: Answerer, about: Callable[[], About], keep: Keep, matrix: MatrixSource | None = None) -> FastAPI:
    """The whole site on one app: the page at /, the matrix at /matrix, REST under /api, strict headers on everything.

    `keep` gets each vote on an answer, and raises OSError when it cannot store it; without `matrix` there is the chat alone.
    """
    page = build_page(chain, about, keep, matrix is not None)
    import gradio as gr
    from fastapi import FastAPI

    from web import headers, rest, theme

    # The interactive documentation of FastAPI loads from elsewhere, so it is off.
    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.extend(rest.routes(chain, about))
    if matrix is not None:
        from web.matrix import page as matrix_page
        from web.matrix import rest as matrix_rest

        app.router.routes.extend([*matrix_rest.routes(matrix), *matrix_page.routes()])
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme.theme(),
        css=theme.style(),
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1kb",
        enable_monitoring=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    app.add_middleware(headers.ChinesePage, head=theme.head())
    app.add_middleware(headers.StrictHeaders)
    return app


def serve(
    open_library: Callable[[], Library],
    environment: Mapping[str, str],
    host: str,
    port: int,
    say: Callable[[str], None],
) -> None:
    """Serves the library until the process is told to stop; raises ServerError before opening it if the port is taken.

    `environment` may name an LLM; `say` gets the address as one line, once the page can be opened.
    """
    listener = open_port(host, port)
    try:
        from rag.chain import make_chain
        from rag.generate import LanguageModelSettings
        from web.examples import examples
        from web.live import LiveChain
        from web.matrix.source import LibraryMatrix

        llm = LanguageModelSettings.from_environment(environment)
        chain = LiveChain(open_library, lambda library: make_chain(library, llm))
        # The examples are tried without the LLM: the start must not wait for it, nor cost anything.
        shown = examples(make_chain(open_library()))
        matrix = LibraryMatrix(chain.library)
        matrix.warm()
        app = make_app(chain, lambda: chain.about(shown), FeedbackFile(chain.folder).keep, matrix)
        say(f"网页已就绪：http://{shown_host(host)}:{listener.getsockname()[1]}（按 Ctrl-C 停止）")
        run(app, listener)
    finally:
        listener.close()
