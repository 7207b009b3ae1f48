"use strict";
// What the page and the explorer share: numbers as people read them, elements, and tables.
const tools = (() => {
  const at = id => document.getElementById(id);

  // Words and numbers, as the rest of the page writes them.
  const fixed = (value, decimals) => value.toLocaleString("en-GB",
    { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace("-", "−").replace(/^−(0(\.0+)?)$/, "$1");
  const pounds = value => {
    const size = Math.abs(value), sign = value < 0 ? "−" : "";
    for (const [factor, letter] of [[1e6, "m"], [1e3, "k"]])
      if (size >= factor) return `${sign}£${fixed(size / factor, size / factor < 10 ? 2 : size / factor < 100 ? 1 : 0)}${letter}`;
    return `${sign}£${fixed(size, 0)}`;
  };
  const AFTER = { share: ["%", " points"], minutes: [" min", " min"], hours: [" h", " h"] };
  const amount = (value, unit) => {
    if (value === null) return "–";
    if (unit === "pounds") return pounds(value);
    const scaled = unit === "share" ? value * 100 : value;
    return fixed(scaled, Math.abs(scaled) < 9.95 ? 1 : 0) + (AFTER[unit] ?? [""])[0];
  };
  const change = (value, unit) => {
    if (value === null) return "–";
    const said = unit === "pounds" ? pounds(value) : fixed(unit === "share" ? value * 100 : value, 1);
    return (value > 0 ? "+" : "") + said + (AFTER[unit] ?? ["", ""])[1];
  };
  const between = (low, high, unit) => {  // an interval of a difference, its unit said once
    if (low === null || high === null) return "no interval";
    return `${change(low, unit).replace(/ (points|min|h)$/, "")} to ${change(high, unit)}`;
  };
  const step = top => {  // between ticks: 1, 2 or 5 times a power of ten, at most six of them
    const rough = top / 5, power = 10 ** Math.floor(Math.log10(rough));
    return power * [1, 2, 5, 10].find(times => times * power >= rough);
  };
  const span = (low, high, write) => low === null || high === null ? "no interval" : `${write(low)} to ${write(high)}`;

  const counted = n => n === null ? "" : `; n = ${fixed(n, 0)}`;  // where a scenario decides what a figure is over

  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const drawn = (tag, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Words in a chart whose room ends somewhere (data-room): drawn closer where the reader's font is too wide for it.
  const fitted = svg => {
    for (const text of svg.querySelectorAll("[data-room]")) {
      if (text.getComputedTextLength() <= Number(text.dataset.room)) continue;
      text.setAttribute("textLength", text.dataset.room);
      text.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  };

  const table = (target, head, rows) => {
    const body = element("tbody");
    for (const cells of rows) {
      const row = element("tr");
      cells.forEach((cell, column) => row.append(
        column ? element("td", cell, { "data-of": head[column] }) : element("th", cell, { scope: "row" })));
      body.append(row);
    }
    const line = element("tr");
    for (const words of head) line.append(element("th", words, { scope: "col" }));
    const top = element("thead");
    top.append(line);
    target.classList.add("cells");
    target.replaceChildren(target.caption, top, body);
  };
  return { at, amount, change, between, counted, step, span, element, drawn, fitted, table };
})();
