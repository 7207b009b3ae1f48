(() => {
  const data = JSON.parse(document.getElementById("explorer-data").textContent);
  const { at, amount, change, between, counted, step, span, element, drawn, fitted, table } = tools;
  const chosen = [...data.at[0]];
  const scenario = setting => data.at.findIndex(one => one.every((value, lever) => value === setting[lever]));
  const write = (which, value) => amount(value, data.measures[which].unit);

  // The figures of the setting chosen.
  const finding = index => {
    const said = data.levers.map(({ name, values }, lever) => `${name}: ${values[chosen[lever]]}`).join("; ");
    if (index < 0) return `${said}: not simulated`;
    const found = data.figures[0][index], paired = data.differences[0][index];
    if (!found) return `${said}: no figure for ${data.measures[0].name.toLowerCase()}`;
    const versus = index === 0 ? "the baseline" : paired ? `${change(paired[0], data.measures[0].unit)}: ${data.verdicts[paired[3]]}` : data.measures[0].why || "no comparison";
    const range = found[1] === null ? "" : ` (95% interval ${span(found[1], found[2], value => write(0, value))})`;
    return `${data.measures[0].name} ${write(0, found[0])}${range}; ${versus}. ${said}`;
  };
  const showFigures = index => {
    at("finding").textContent = finding(index);
    const rows = data.measures.map(({ block, name, unit, why }, which) => {
      const found = index < 0 ? null : data.figures[which][index], paired = index < 0 ? null : data.differences[which][index];
      const n = index < 0 ? null : data.counts[which][index];
      return [`${block}: ${name}`, found ? write(which, found[0]) + counted(n) : index < 0 ? "not simulated" : "no figure",
        found ? span(found[1], found[2], value => write(which, value)) : "–",
        found ? span(found[3], found[4], value => write(which, value)) : "–",
        paired ? change(paired[0], unit) : "–", paired ? between(paired[1], paired[2], unit) : "–",
        paired ? data.verdicts[paired[3]] : why && index > 0 ? why : "–"];
    });
    table(at("figures"), ["Figure", "Mean", "95% interval", "90% prediction interval", "Against the baseline",
      "Simultaneous 95% interval", "Verdict"], rows);
  };

  // Small charts along one lever.
  const WIDE = 320, HIGH = 210, LEFT = 58, FLOOR = 165;
  const chart = (which, lever) => {
    const { name, unit } = data.measures[which], values = data.levers[lever].values;
    const points = values.map((_, value) => scenario(chosen.map((one, other) => other === lever ? value : one)))
      .map(index => index < 0 ? null : data.figures[which][index]);
    const top = Math.max(0, ...points.flatMap(point => (point ?? []).filter(value => value !== null))) * 1.05 || 1;
    const y = value => FLOOR - value / top * (FLOOR - 12), wide = (WIDE - LEFT) / values.length, x = place => LEFT + (place + 0.5) * wide;
    const svg = drawn("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img" });
    for (let value = 0; value <= top; value += step(top))
      svg.append(drawn("line", { x1: LEFT, x2: WIDE, y1: y(value), y2: y(value), stroke: "#d9d9d9" }),
        drawn("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end", "font-size": 12, "data-room": LEFT - 8 }, value ? amount(value, unit) : "0"));
    points.forEach((point, place) => {
      svg.append(drawn("text", { x: x(place), y: FLOOR + 18, "text-anchor": "middle", "font-size": 12, "data-room": wide - 4 }, values[place].slice(0, 12)));
      if (!point) return;
      const [mean, low, high, from, to] = point;
      if (from !== null) svg.append(drawn("line", { x1: x(place), x2: x(place), y1: y(from), y2: y(to), stroke: "#595959", "stroke-width": 1.5 }));
      if (low !== null) svg.append(drawn("line", { x1: x(place), x2: x(place), y1: y(low), y2: y(high), stroke: "#0b0c0c", "stroke-width": 5 }));
      svg.append(drawn("circle", { cx: x(place), cy: y(mean), r: 5, fill: "#12436D", stroke: "#fff" }));
      if (place === chosen[lever]) svg.append(drawn("circle", { cx: x(place), cy: y(mean), r: 10, fill: "none", stroke: "#801650", "stroke-width": 3 }));
    });
    svg.append(drawn("text", { x: (LEFT + WIDE) / 2, y: HIGH - 8, "text-anchor": "middle", "font-size": 12, "data-room": WIDE - LEFT }, data.levers[lever].name));
    const told = values.map((value, place) => `${value}: ${points[place] ? write(which, points[place][0]) : "not simulated"}`).join("; ");
    svg.setAttribute("aria-label", `${name} along ${data.levers[lever].name}. ${told}.`);
    const box = element("div");
    box.append(element("h4", name), svg);
    return box;
  };
  const showCharts = () => {
    const lever = Number(at("along").value);
    const first = [...new Set(data.measures.map(measure => measure.block))]
      .flatMap(block => data.measures.map((measure, which) => ({ ...measure, which })).filter(one => one.block === block).slice(0, 2));
    at("charts").replaceChildren(...first.map(({ which }) => chart(which, lever)));
    fitted(at("charts"));
    table(at("along-table"), [data.levers[lever].name, ...first.map(one => one.name)],
      data.levers[lever].values.map((value, place) => {
        const index = scenario(chosen.map((one, other) => other === lever ? place : one));
        return [value, ...first.map(({ which }) => {
          const found = index < 0 ? null : data.figures[which][index];
          return found ? `${write(which, found[0])} (${span(found[1], found[2], one => write(which, one))})` : "not simulated";
        })];
      }));
  };
  const show = () => { showFigures(scenario(chosen)); showCharts(); };

  // The levers.
  data.levers.forEach(({ name, values }, lever) => {
    const box = element("div"), label = element("label", undefined, { for: `lever-${lever}` }), now = element("output");
    const slider = element("input", undefined, { type: "range", id: `lever-${lever}`, min: 0, max: values.length - 1, step: 1 });
    const tell = () => {
      now.textContent = values[chosen[lever]];
      slider.setAttribute("aria-valuetext", values[chosen[lever]]);
    };
    slider.value = chosen[lever];
    slider.addEventListener("input", () => { chosen[lever] = Number(slider.value); tell(); show(); });
    label.append(element("span", name), now);
    box.append(label, slider, element("span", `simulated: ${values.join(", ")}`, { class: "small" }));
    at("sliders").append(box);
    at("along").append(element("option", name, { value: lever }));
    tell();
  });
  at("along").addEventListener("change", showCharts);
  at("sliders").hidden = at("result").hidden = false;
  show();
})();
