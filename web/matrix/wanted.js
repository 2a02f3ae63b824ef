// What the person wants to see: the filters, kept in the page's address so that a view can be passed on.
export const KEYS = ["q", "province", "aspect", "since", "level", "state"];
export const NO_PROVINCE = "其他";

/** The matrix with its rows as objects. */
export function unpacked(raw) {
  const measures = raw.measures.map(([name, aspect, aliases, counts, countsNot], at) => (
    { at, name, aspect, counts, countsNot, said: `${name} ${aliases}`.toLowerCase() }));
  const places = raw.places.map(([name, province, level, city], at) => (
    { at, name, level, city, province: province || NO_PROVINCE, said: `${name} ${province}`.toLowerCase() }));
  const cells = raw.cells.map(([place, measure, adopted, documents, figure, unit, first, last, level, word]) => ({
    place: places[place], measure: measures[measure], adopted: adopted === 1, documents, figure, unit, first, last, word,
    level: Object.keys(raw.names.levels)[level], enterprise: Object.keys(raw.names.levels)[level] === "enterprise",
  }));
  return { ...raw, measures, places, cells };
}

export function wantedOf(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(KEYS.map((key) => [key, given.get(key) || ""]));
}

/** The filters as REST names them. */
export const forRest = ({ province, ...rest }) => ({ ...rest, place: province });

export function kept(grid, wanted) {
  const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
  const aspect = grid.aspects.indexOf(wanted.aspect);
  return grid.cells.filter((cell) =>
    (!wanted.province || cell.place.province === wanted.province)
    && (aspect < 0 || cell.measure.aspect === aspect)
    && (!wanted.since || (cell.last && cell.last >= wanted.since))
    && (!wanted.level || cell.level === wanted.level)
    && (!wanted.state || (wanted.state === "adopted") === cell.adopted)
    && words.every((word) => cell.place.said.includes(word) || cell.measure.said.includes(word)));
}

/** The squares of the cells: a place's own cell and that of enterprises in it are one square, the own one speaking. */
export function squares(cells) {
  const rows = new Map();
  for (const cell of cells) {
    if (!rows.has(cell.place)) rows.set(cell.place, new Map());
    const row = rows.get(cell.place);
    const other = row.get(cell.measure);
    const own = other && cell.enterprise ? other.cell : cell;
    row.set(cell.measure, { cell: own, besides: Boolean(other) });
  }
  return new Map([...rows].sort(([one], [other]) => one.at - other.at));
}
