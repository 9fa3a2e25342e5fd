// A chart: figure with a title, buttons that save it as a picture, and the table of what it shows.

const charts = [];

const save = (name, url) => make("a", { href: url, download: name }).click();

const saveText = (name, type, text) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  save(name, url);
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};

/** What every chart has: fonts and colours of the page, no animation, words of our own for screen readers. */
const framed = (option) => {
  const colours = theme();
  return {
    animation: false,
    color: colours.series,
    backgroundColor: colours.card,
    textStyle: { fontFamily: getComputedStyle(document.documentElement).fontFamily, color: colours.ink },
    ...option,
  };
};

/** An axis in the page's colours. */
const axis = (parts) => {
  const colours = theme();
  return {
    nameTextStyle: { color: colours.quiet, fontSize: 12 },
    nameGap: 26,
    nameLocation: "middle",
    axisLine: { lineStyle: { color: colours.quiet } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colours.line } },
    ...parts,
    axisLabel: { color: colours.quiet, fontSize: 12, hideOverlap: true, ...parts.axisLabel },
  };
};

/** Names along an axis, cut where they would leave their room. */
const within = (width, parts = {}) => ({ width: Math.max(12, width), overflow: "truncate", ellipsis: "\u2026", interval: 0, color: theme().ink, ...parts });

/** Where a column has less room than this, it is named by its number. */
const LEAST_ROOM = 26;

/** The width of a chart on paper: what A4 and Letter leave between margins. */
const PRINTED_WIDTH = 640;

/** What tells names apart that begin alike: "permutation 1", "permutation 10" give "1", "10". */
const endings = (names) => {
  let from = 0;
  while (names.every((name) => from < name.length - 1 && name[from] === names[0][from])) from++;
  while (from > 0 && /[\p{L}\p{N}]/u.test(names[0][from - 1]) && /\p{N}/u.test(names[0][from - 1]) === /\p{N}/u.test(names[0][from] ?? "")) from--;
  return names.map((name) => name.slice(from));
};

/** Names of columns, each of so many pixels: whole, or what tells them apart, or numbers. */
const columnLabels = (names, room, length, places = names.map((_, index) => index + 1)) => {
  const fitting = Math.floor((room - 5) / 7);
  const numbers = () => places.map(String);
  if (room <= LEAST_ROOM) return numbers();
  if (names.every((name) => oneLine(name).length <= Math.min(fitting, length))) return labels(names, length);
  const told = endings(names.map(oneLine));
  if (told.some((end, index) => end !== names[index]) && told.every((end) => end.length < fitting)) return told.map((end) => "\u2026" + end);
  return fitting < 6 ? numbers() : labels(names, Math.min(fitting, length));
};

const columnsWithin = (room) => (room > LEAST_ROOM ? within(room - 5) : { interval: "auto", color: theme().ink });

/** What parts cells of so many pixels. */
const borderWithin = (room) => (room < 5 ? 0 : room < 12 ? 0.5 : 1.5);

/** A tooltip whose lines are set as text; lines(parameters) gives the first, in bold, and the others. */
const tooltip = (lines, parts = {}) => {
  const colours = theme();
  return {
    confine: true,
    backgroundColor: colours.card,
    borderColor: colours.line,
    textStyle: { color: colours.ink, fontSize: 13 },
    formatter: (parameters) => {
      const [first, ...others] = lines(parameters);
      return make("div", { class: "tip" }, make("b", { text: first }), others.map((line) => make("div", { text: line })));
    },
    ...parts,
  };
};

const legend = (parts = {}) => ({ type: "scroll", top: 0, left: 0, right: 0, icon: "roundRect", itemWidth: 14, itemHeight: 8, textStyle: { color: theme().ink, fontSize: 12.5 }, pageTextStyle: { color: theme().quiet }, pageIconColor: theme().ink, pageIconInactiveColor: theme().line, ...parts });

/** Zoom by dragging the slider, or with the wheel while Ctrl is held, so that the page still scrolls over charts. */
const zoom = (parts = {}, slider = true) => [
  { type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, filterMode: "none", ...parts },
  ...(slider ? [{ type: "slider", height: 18, bottom: 4, borderColor: theme().line, textStyle: { color: theme().quiet }, showDetail: false, brushSelect: false, filterMode: "none", ...parts }] : []),
];

/** Whiskers over bars, where there are intervals. */
const intervals = (summaries, onX = true) => (summaries.some((summary) => summary.half > 0) ? [{
  type: "custom", silent: true, clip: true, z: 5, tooltip: { show: false },
  data: summaries.flatMap((summary, index) => (isNumber(summary.mean) && summary.half > 0 ? [[index, summary.mean - summary.half, summary.mean + summary.half]] : [])),
  encode: onX ? { x: 0, y: [1, 2] } : { y: 0, x: [1, 2] },
  renderItem: (parameters, api) => {
    const at = (value) => api.coord(onX ? [api.value(0), value] : [value, api.value(0)]);
    const [[x1, y1], [x2, y2]] = [at(api.value(1)), at(api.value(2))];
    const style = { stroke: theme().ink, lineWidth: 1.4, fill: null };
    const line = (a, b, c, d) => ({ type: "line", shape: { x1: a, y1: b, x2: c, y2: d }, style });
    return { type: "group", children: onX ? [line(x1, y1, x2, y2), line(x1 - 5, y1, x1 + 5, y1), line(x2 - 5, y2, x2 + 5, y2)] : [line(x1, y1, x2, y2), line(x1, y1 - 5, x1, y1 + 5), line(x2, y2 - 5, x2, y2 + 5)] };
  },
}] : []);

/** How a chart of so many marks is drawn on the page: as elements, or where these would be too many as pixels. */
const rendererOf = (marks) => (marks > 4000 ? "canvas" : "svg");

/**
 * The figure of a chart. option(width) gives what the library draws, summary() a sentence for screen readers, data() the
 * table; controls are choices above it, redrawn by the returned figure's draw().
 */
const chart = ({ id, title, about, height, option, data, summary, controls = [], wide = false, renderer = "svg", least = 0 }) => {
  const tall = (width) => (typeof height === "function" ? height(width) : height);
  const plot = make("div", { class: "plot", role: "img", id: id + "-plot", style: least ? "min-width:" + least + "px" : undefined });
  const box = make("details", { ontoggle: () => fillTable() }, make("summary", { text: "Table of these values" }));
  const fillTable = () => {
    if (box.open && box.children.length === 1) box.append(data());
  };
  const picture = (kind) => {
    const width = Math.max(640, plot.clientWidth);
    const size = { width, height: tall(width) };
    if (kind === "svg") {
      const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
      drawn.setOption(framed(option(width)));
      saveText(id + ".svg", "image/svg+xml", drawn.renderToSVGString());
      drawn.dispose();
    } else {
      const drawn = echarts.init(make("div"), null, { renderer: "canvas", devicePixelRatio: 2, ...size });
      drawn.setOption(framed(option(width)));
      save(id + ".png", drawn.getDataURL({ type: "png", backgroundColor: theme().card }));
      drawn.dispose();
    }
  };
  const button = (kind) => make("button", { type: "button", onclick: () => picture(kind), "aria-label": "Save the chart " + title + " as " + kind.toUpperCase(), text: kind.toUpperCase() });
  const element = make("figure", { id, class: wide ? "wide chart" : "chart" },
    make("div", { class: "head" },
      make("figcaption", {}, make("h3", { text: title }), about ? make("p", { class: "small", text: about }) : null),
      make("div", { class: "tools" }, controls, button("svg"), button("png"))),
    least ? make("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": title }, plot) : plot, box);
  // room is kept until the chart is drawn, so that nothing jumps
  plot.style.height = tall(800) + "px";
  let instance = null;
  let drawnWidth = 0;
  const draw = () => {
    const width = printing && !least ? PRINTED_WIDTH : plot.clientWidth;
    if (!width) return;
    const tallness = tall(width);
    plot.style.height = tallness + "px";
    if (!instance) instance = echarts.init(plot, null, { renderer, width, height: tallness });
    else instance.resize({ width, height: tallness });
    instance.setOption(framed(option(width)), true);
    plot.setAttribute("aria-label", title + ". " + summary());
    drawnWidth = plot.clientWidth;
    if (box.children.length > 1) box.lastElementChild.remove();
    fillTable();
  };
  charts.push({ draw, element, changed: () => plot.clientWidth !== drawnWidth });
  return Object.assign(element, { draw });
};

let drawing = 0;

/** Draws one chart after the other, from the top, so that the page is there first and answers meanwhile. */
const drawInTurn = (done) => {
  const turn = ++drawing;
  const queue = [...charts];
  const next = () => {
    if (turn !== drawing) return;
    if (!queue.length) return done();
    queue.shift().draw();
    setTimeout(next);
  };
  setTimeout(next);
};

const drawAll = () => charts.forEach((one) => one.draw());

/** Charts of figures that left the page are forgotten. */
const forget = (container) => {
  for (let index = charts.length - 1; index >= 0; index--) if (container.contains(charts[index].element)) charts.splice(index, 1);
};
