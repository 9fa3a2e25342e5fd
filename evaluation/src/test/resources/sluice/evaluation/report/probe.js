// Looks at the page that it is in, and leaves what it finds in an element of its own.
const drawn = () => new Promise((resolve) => {
  const look = () => (document.documentElement.dataset.ready ? resolve() : setTimeout(look, 10));
  look();
});
drawn().then(() => axe.run(document, { resultTypes: ["violations"] })).then((results) => {
  const marks = {};
  document.querySelectorAll("figure.chart").forEach((figure) => {
    marks[figure.id] = [...figure.querySelectorAll("svg path, svg rect")].filter((mark) => mark.getAttribute("fill") !== "none" || mark.getAttribute("stroke")).length;
  });
  const found = {
    ready: document.documentElement.dataset.ready,
    requests: performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !name.startsWith("data:")),
    violations: results.violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + " " + (node.any[0]?.message ?? "")).join(" | ")),
    charts: marks,
    background: getComputedStyle(document.body).backgroundColor,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    acc: Number(Number(document.querySelector("[data-metric=acc]")?.dataset.value).toFixed(12)),
    pictures: document.querySelectorAll("#hardest canvas").length,
    heading: document.querySelector("h1").textContent,
    drawn: [...document.querySelectorAll("#pictures img")].filter((image) => image.complete && image.naturalWidth > 0 && image.alt).length,
    foreign: document.querySelectorAll("main img, main script, main iframe, main b").length,
  };
  const element = document.createElement("script");
  element.type = "application/json";
  element.id = "probe";
  element.textContent = JSON.stringify(found).replace(/</g, "\\u003c");
  document.body.append(element);
});
