"use strict";
(() => {
  const data = JSON.parse(document.getElementById("closer-data").textContent);
  const { at, amount, change, between, counted, step, span, element, drawn, fitted, table } = tools;
  const shown = data.scenarios.map(() => true);
  const SHADES = ["#DCE9F5", "#A9CCEC", "#6BACE6", "#2073BC", "#12436D"];
  const VERDICT_SHADES = { better: "#6BACE6", worse: "#F4C7A8", "no material difference": "#eeeeee" };

  // Choosing scenarios: rows and columns of every table, and the questions at the top.
  const places = new Map();  // scenario -> what it hides
  const keep = (text, node) => {
    const index = data.scenarios.indexOf(text.replace(/ \(baseline\)$/, "").trim());
    if (index >= 0) places.set(index, [...(places.get(index) ?? []), node]);
  };
  for (const table of document.querySelectorAll("table:not(#place-table):not(#map-table):not(#pairs-table)")) {
    if (table.closest(".sheet")) continue;
    const heads = [...table.querySelectorAll("thead th")];
    heads.forEach((head, column) => {
      if (!data.scenarios.includes(head.textContent.trim())) return;
      for (const row of table.rows) keep(head.textContent, row.cells[column]);
    });
    for (const row of table.tBodies[0].rows)
      for (const head of row.querySelectorAll("th")) keep(head.textContent, row);
  }
  for (const term of document.querySelectorAll(".questions dt")) {
    keep(term.textContent, term);
    keep(term.textContent, term.nextElementSibling);
  }
  const choose = () => {
    shown.forEach((yes, index) => { for (const node of places.get(index) ?? []) node.hidden = !yes; });
    at("chosen").textContent = `${shown.filter(Boolean).length} of ${shown.length} scenarios shown in tables and below.`;
    show();
  };

  // One place in every scenario.
  const NARROW = window.matchMedia("(max-width: 40rem)").matches;  // as wide as a phone: names stand above their row
  const WIDE = NARROW ? 420 : 900, NAMES = NARROW ? 8 : 290, ROW = NARROW ? 46 : 30, CUT = NARROW ? 52 : 40;
  const dots = (rows, unit) => {
    const svg = drawn("svg", { viewBox: `0 0 ${WIDE} ${rows.length * ROW + 40}`, role: "img" });
    const top = Math.max(...rows.flatMap(row => row.figure.filter(value => value !== null)), 0) * 1.05 || 1;
    const x = value => NAMES + value / top * (WIDE - NAMES - 90);
    for (let value = 0; value <= top; value += step(top)) {
      const to = rows.length * ROW + 8;
      svg.append(drawn("line", { x1: x(value), x2: x(value), y1: 4, y2: to, stroke: "#d9d9d9" }),
        drawn("text", { x: x(value), y: to + 20, "text-anchor": "middle", "font-size": 13 }, value ? amount(value, unit) : "0"));
    }
    rows.forEach(({ name, figure: [mean, low, high, from, to] }, row) => {
      const y = row * ROW + (NARROW ? 34 : 20);
      const cut = name.length > CUT ? `${name.slice(0, CUT - 1)}…` : name;
      svg.append(NARROW ? drawn("text", { x: NAMES, y: y - 12, "font-size": 13, "data-room": WIDE - 10 }, cut)
        : drawn("text", { x: NAMES - 10, y: y + 5, "text-anchor": "end", "font-size": 14, "data-room": NAMES - 12 }, cut));
      if (from !== null) svg.append(drawn("line", { x1: x(from), x2: x(to), y1: y, y2: y, stroke: "#595959", "stroke-width": 1.5 }));
      if (low !== null) svg.append(drawn("line", { x1: x(low), x2: x(high), y1: y, y2: y, stroke: "#0b0c0c", "stroke-width": 5 }));
      svg.append(drawn("circle", { cx: x(mean), cy: y, r: 6, fill: "#12436D", stroke: "#fff" }));
      const right = Math.max(mean, high ?? 0, to ?? 0);
      const room = WIDE - x(right) - 11;
      svg.append(drawn("text", { x: x(right) + 9, y: y + 5, "font-size": 14, "data-room": room }, amount(mean, unit)));
    });
    return svg;
  };
  const finding = (rows, place, measure, why) => {
    if (!rows.length) return `${place}: no figure for ${measure}`;
    if (rows.length === 1) return `${place}, ${rows[0].name}: ${measure} ${amount(rows[0].figure[0], rows[0].unit)}`;
    const said = data.verdicts.map(words => [words, rows.filter(row => row.verdict === words).length]).filter(([, count]) => count);
    const told = why || said.map(([words, count]) => `${count} ${words}`).join(", ") || "no comparison";
    return `${place}, ${measure}: against ${data.scenarios[0]}, ${told}`;
  };
  const showPlace = () => {
    const place = Number(at("place").value), which = Number(at("measure").value);
    const { name: measure, unit, why } = data.measures[which];
    const rows = data.called.map((name, index) => {
      const found = data.differences[which][place][index];
      return { name, unit, figure: data.figures[which][place][index], found, verdict: found && data.verdicts[found[3]], index };
    }).filter(row => shown[row.index] && row.figure);
    const write = value => amount(value, unit);
    const title = `${finding(rows, data.places[place].name, measure.toLowerCase(), why)}${data.places[place].like}`;
    at("place-title").textContent = title;
    const svg = dots(rows, unit);
    svg.setAttribute("aria-label", `${title}. ${rows.map(row => `${row.name}: ${write(row.figure[0])}`).join("; ")}.`);
    at("place-chart").replaceChildren(svg);
    fitted(svg);
    const compared = data.scenarios.length > 1;
    table(at("place-table"), ["Scenario", measure, "95% interval", "One period like this: 90% prediction interval",
      ...(compared ? [`Minus ${data.scenarios[0]}`, "Simultaneous 95% interval", "Verdict"] : [])],
    rows.map(({ name, figure, found, verdict, index }) => [
      name, write(figure[0]) + counted(data.counts[which][place][index]), span(figure[1], figure[2], write), span(figure[3], figure[4], write),
      ...(compared ? [found ? change(found[0], unit) : "–", found ? between(found[1], found[2], unit) : "–", verdict || (why && index > 0 ? why : "–")] : [])]));
  };

  // One scenario in every place. Classes are of one round width, at most five, and hold every value.
  const TILE = NARROW ? 64 : 92;
  const classes = (values, unit) => {
    if (!values.length) return [0];
    const low = Math.min(...values), high = Math.max(...values), unitless = unit === "share" ? 0.01 : 0;
    let wide = Math.max(step((high - low) || 1), unitless);
    while (Math.floor(high / wide) - Math.floor(low / wide) >= SHADES.length) wide *= 2;
    const first = Math.floor(low / wide), last = Math.floor(high / wide);
    return Array.from({ length: last - first + 2 }, (_, index) => (first + index) * wide);
  };
  const shadeOf = (value, edges) => {
    const last = edges.length - 2, at = edges.findLastIndex(edge => value >= edge - 1e-9);
    return last > 0 ? Math.round(Math.min(at, last) / last * (SHADES.length - 1)) : 1;
  };
  const showMap = () => {
    const which = Number(at("measure").value), scenario = Number(at("map-scenario").value);
    const group = document.querySelector("input[name=footprint]:checked").value;
    const differ = at("map-kind").value === "difference";
    const { name: measure, unit, why } = data.measures[which];
    const value = place => (differ ? data.differences : data.figures)[which][place][scenario];
    const members = [...new Set(data.tiles.map(tile => tile.places[group]).filter(place => place !== undefined))];
    const known = members.filter(place => value(place));
    const all = known.map(place => value(place)[0]);
    const edges = classes(all, unit);
    const write = one => differ ? change(one, unit) : amount(one, unit);
    const colour = found => !found ? "#ffffff" : differ ? VERDICT_SHADES[data.verdicts[found[3]]] || "#ffffff"
      : SHADES[shadeOf(found[0], edges)];
    const across = Math.max(...data.tiles.map(tile => tile.column)) + 1, down = Math.max(...data.tiles.map(tile => tile.row)) + 1;
    const svg = drawn("svg", { viewBox: `0 0 ${Math.max(across, 5) * TILE} ${down * 62}`, role: "img" });
    for (const tile of data.tiles) {
      const found = value(tile.places[group]) || null, fill = colour(found), dark = fill === SHADES[3] || fill === SHADES[4];
      const x = tile.column * TILE, y = tile.row * 62, ink = dark ? "#ffffff" : "#0b0c0c";
      svg.append(drawn("rect", { x: x + 1, y: y + 1, width: TILE - 3, height: 59, fill, stroke: "#595959" }),
        drawn("text", { x: x + TILE / 2, y: y + 23, fill: ink, "text-anchor": "middle", "font-size": 13, "data-room": TILE - 7 }, tile.label),
        drawn("text", { x: x + TILE / 2, y: y + 46, fill: ink, "text-anchor": "middle", "font-size": NARROW ? 14 : 16, "font-weight": "bold", "data-room": TILE - 7 },
          found ? write(found[0]).replace(" points", "") : "–"));
    }
    const said = !known.length ? (differ && why) || "no figure" : known.length === 1 ? write(all[0])
      : `${write(Math.min(...all))} to ${write(Math.max(...all))} over ${known.length} ${group === "Areas" ? "areas" : group}`;
    const title = `${data.called[scenario]}, ${measure.toLowerCase()}${differ ? ` minus ${data.called[0]}` : ""}: ${said}`;
    at("map-title").textContent = title;
    svg.setAttribute("aria-label", `Tile grid. ${title}.`);
    at("map-chart").replaceChildren(svg);
    fitted(svg);
    at("map-key").textContent = differ
      ? "Blue: better. Orange: worse. Grey: no material difference. White: not decided."
      : `The darker, the higher${edges.length > 1 ? `: from ${edges.slice(0, -1).map(write).join(", ")}` : ""}. Each tile shows the area, cluster or region it belongs to; intervals are in the table.`;
    table(at("map-table"), [group, measure, differ ? "Simultaneous 95% interval" : "95% interval", differ ? "Verdict" : "90% prediction interval"],
      members.map(place => {
        const found = value(place);
        if (!found) return [data.places[place].name, "no figure", "–", "–"];
        const range = differ ? between(found[1], found[2], unit) : span(found[1], found[2], write);
        return [data.places[place].name, write(found[0]), range, differ ? data.verdicts[found[3]] : span(found[3], found[4], write)];
      }));
  };
  // Every scenario against any other: a pair is told once, the later minus the earlier.
  const TURNED = { better: "worse", worse: "better", "better if": "worse if", "worse if": "better if", lower: "higher", higher: "lower" };
  const minus = value => value === null ? null : -value;
  const pair = (base, other) => {
    const found = data.pairs.found[base < other ? `${base}-${other}` : `${other}-${base}`] ?? [];
    return data.pairs.measures.map((_, which) => {
      const [difference, low, high, verdict] = found[which] ?? [];
      if (difference === undefined) return null;
      const words = data.verdicts[verdict];
      return base < other ? [difference, low, high, words] : [minus(difference), minus(high), minus(low), TURNED[words] ?? words];
    });
  };
  const showPairs = () => {
    if (!data.pairs) return;
    const base = Number(at("pairs-baseline").value);
    at("pairs-title").textContent = `All scenarios against ${data.called[base]}`;
    table(at("pairs-table"), ["Scenario", ...data.pairs.measures.map(one => one.name)],
      data.called.map((name, index) => [name, index]).filter(([, index]) => index !== base && shown[index])
        .map(([name, index]) => [name, ...pair(base, index).map((found, which) => {
          const { unit } = data.pairs.measures[which];
          return found ? `${change(found[0], unit)} (${between(found[1], found[2], unit)}): ${found[3]}` : "–";
        })]));
  };
  const show = () => { showPlace(); showMap(); showPairs(); };

  // The controls.
  data.scenarios.forEach((name, index) => {
    const label = element("label"), box = element("input", undefined, { type: "checkbox", value: index });
    box.checked = true;
    box.addEventListener("change", () => { shown[index] = box.checked; choose(); });
    label.append(box, ` ${name}`);
    at("scenario-boxes").append(label);
    at("map-scenario").append(element("option", name, { value: index }));
  });
  const groups = new Map();
  data.places.forEach((place, index) => {
    if (!groups.has(place.group)) {
      groups.set(place.group, element("optgroup", undefined, { label: place.group }));
      at("place").append(groups.get(place.group));
    }
    groups.get(place.group).append(element("option", place.name, { value: index }));
  });
  data.measures.forEach((measure, index) => at("measure").append(element("option", measure.name, { value: index })));
  const footprints = [...new Set(data.tiles.flatMap(tile => Object.keys(tile.places)))].reverse();
  footprints.forEach((group, index) => {
    const label = element("label"), radio = element("input", undefined, { type: "radio", name: "footprint", value: group });
    radio.checked = index === 0;
    radio.addEventListener("change", showMap);
    label.append(radio, ` ${group}`);
    at("footprints").append(label);
  });
  data.scenarios.forEach((name, index) => at("pairs-baseline").append(element("option", name, { value: index })));
  at("pairs").hidden = !data.pairs;
  at("pairs-baseline").addEventListener("change", showPairs);
  if (data.scenarios.length < 2) {
    at("map-kind").querySelector("[value=difference]").remove();
    at("scenario-boxes").closest("fieldset").hidden = true;
  }
  for (const id of ["place", "measure"]) at(id).addEventListener("change", show);
  at("map-kind").addEventListener("change", () => {  // the baseline has no difference from itself
    if (at("map-kind").value === "difference" && at("map-scenario").selectedIndex === 0) at("map-scenario").selectedIndex = 1;
  });
  for (const id of ["map-scenario", "map-kind"]) at(id).addEventListener("change", showMap);
  for (const [id, yes] of [["every", () => true], ["baseline-alone", index => index === 0]])
    at(id).addEventListener("click", () => {
      [...at("scenario-boxes").querySelectorAll("input")].forEach((box, index) => { box.checked = shown[index] = yes(index); });
      choose();
    });
  at("closer").hidden = false;
  for (const link of document.querySelectorAll("[data-needs-script]")) link.hidden = false;
  choose();
})();
