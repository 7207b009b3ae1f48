"use strict";
(() => {
  const at = id => document.getElementById(id);
  const one = at("pair-one"), other = at("pair-other");
  if (one) {
    const shown = document.querySelector("[id^=pair-]:not([hidden]):not(select)");
    [one.value, other.value] = shown.id.split("-").slice(1);
    const choose = () => {
      const [first, second] = [Number(one.value), Number(other.value)].sort((a, b) => a - b);
      for (const table of document.querySelectorAll("div[id^=pair-]")) table.hidden = table.id !== `pair-${first}-${second}`;
      at("alike").hidden = first !== second;
    };
    for (const select of [one, other]) select.addEventListener("change", choose);
  }
  const board = at("board");
  if (board) {
    board.addEventListener("change", () => { location.hash = board.value || "front"; });
    const chosen = () => {  // a link to a chart goes to the chart, and all areas stand above it again
      board.value = location.hash.startsWith("#board-") ? location.hash.slice(1) : "";
      if (board.value || location.hash === "#front") scrollTo(0, 0);
    };
    addEventListener("hashchange", chosen);
    chosen();
  }
  at("print-alone").addEventListener("click", () => { document.body.classList.add("alone"); print(); });
  addEventListener("afterprint", () => document.body.classList.remove("alone"));
})();
