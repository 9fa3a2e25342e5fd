// Elements of the page. Whatever comes from data is set as text, never as markup.

/** An element; attributes by name ("class", "text", "on..." for listeners), then children (elements or text). */
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/** Names as one line of text: control and direction characters, which could hide what a name says, are replaced. */
const oneLine = (text) => String(text).replace(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, "\ufffd");

/** The first characters of a name, for charts. */
const short = (text, length = 18) => {
  const characters = Array.from(oneLine(text).slice(0, 4 * length + 8));
  return characters.length > length ? characters.slice(0, length - 1).join("") + "\u2026" : characters.join("");
};

/** A whole name for tables and prose; long ones in a box that scrolls. */
const whole = (text) => {
  const line = oneLine(text);
  return line.length > 120
    ? make("span", { class: "long", tabindex: 0, role: "region", "aria-label": "long name", text: line })
    : make("bdi", { text: line });
};

/** Names as told apart in charts: shortened, with a number where two would look the same. */
const labels = (names, length) => {
  const shortened = names.map((name) => short(name, length));
  return shortened.map((name, index) => (shortened.indexOf(name) === index && shortened.lastIndexOf(name) === index ? name : short(names[index], Math.max(2, length - 5)) + " #" + (index + 1)));
};

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** Formats by number of decimals, as one is dear to make. */
const formats = new Map();
const formatOf = (decimals) => {
  if (!formats.has(decimals)) formats.set(decimals, new Intl.NumberFormat("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  return formats.get(decimals);
};

const grouped = (value, decimals) => {
  const text = value.toFixed(decimals);
  if (value !== 0 && Number(text) === 0) return value.toExponential(1);
  return Math.abs(value) >= 1e15 ? value.toExponential(1) : formatOf(decimals).format(Number(text));
};

/** A figure as a reader sees it. */
const figure = (value, format = "accuracy") => {
  if (!isNumber(value)) return "\u2013";
  if (Math.abs(value) < 1e-12) value = 0; // what rounding leaves of means of equal numbers
  if (format === "share") return grouped(100 * value, 1) + "\u00a0%";
  if (format === "seconds") return grouped(value, Math.abs(value) < 100 ? 2 : 0) + "\u00a0s";
  if (format === "count") return Math.abs(value) >= 1e6 ? value.toExponential(2) : grouped(value, Number.isInteger(value) ? 0 : 2);
  if (format === "number") return value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e15) ? value.toExponential(1) : grouped(value, value === 0 ? 4 : Math.max(0, 4 - Math.floor(Math.log10(Math.abs(value)))));
  if (format === "nats") return grouped(value, 2);
  return grouped(value, 4);
};

/** A mean with half its interval, as {mean, half}. */
const withSpread = (summary, format) => (isNumber(summary?.mean) ? figure(summary.mean, format) + (isNumber(summary.half) ? " \u00b1 " + figure(summary.half, format) : "") : "\u2013");

let tableCount = 0;

/** A table: head cells are texts; rows are lists of texts, elements, or {text, class, title}. The first column names the row. */
const table = (caption, head, rows, { tall = false, textColumns = [0], compact = false } = {}) => {
  const id = "table" + ++tableCount;
  const cell = (content, index) => {
    const parts = content !== null && typeof content === "object" && !(content instanceof Node) ? content : { text: content };
    const classes = [parts.class, textColumns.includes(index) && index > 0 ? "text" : ""].filter(Boolean).join(" ");
    const attributes = { class: classes || undefined, title: parts.title, scope: index === 0 ? "row" : undefined };
    return make(index === 0 ? "th" : "td", attributes, parts.text instanceof Node ? parts.text : String(parts.text ?? "\u2013"));
  };
  return make("div", { class: tall ? "tablebox tall" : "tablebox", role: "region", tabindex: 0, "aria-labelledby": id },
    make("table", { class: compact ? "compact" : undefined },
      make("caption", { id, text: caption }),
      make("thead", {}, make("tr", {}, head.map((text, index) => make("th", { scope: "col", class: textColumns.includes(index) ? "text" : undefined }, text instanceof Node ? text : oneLine(text))))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map(cell))))));
};

/** A labelled choice; options are [value, text]. */
const choice = (label, options, value, onchange) => {
  const select = make("select", { onchange: (event) => onchange(event.target.value) },
    options.map(([key, text]) => make("option", { value: key, selected: String(key) === String(value), text: short(text, 40), title: short(text, 400) })));
  return make("label", { class: "choice" }, label, select);
};

/** A section of the page, known to the navigation. */
const section = (id, title, ...children) => make("section", { id, "aria-labelledby": id + "-title" }, make("h2", { id: id + "-title", text: title }), ...children);
