// Tables of class sort: their headings are buttons that sort by their column, numbers by value
// and what is missing last; where there is no room for headings, a list says by what.
"use strict";
for (const table of document.querySelectorAll("table.sort")) {
    const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
    const key = (row, i) => {
        const cell = row.cells[i], v = cell.dataset.v;
        return v === undefined ? cell.textContent.trim().toLowerCase() : parseFloat(v);
    };
    const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
    const missing = v => v === "" || v === "–" || Number.isNaN(v);
    const sort = (i, down) => {
        const rows = [...body.rows].map((row, at) => ({ row, at, v: key(row, i) }));
        rows.sort((a, b) => missing(a.v) - missing(b.v) || (missing(a.v) ? 0 : down ? compare(b.v, a.v) : compare(a.v, b.v)) || a.at - b.at);
        body.append(...rows.map(r => r.row));
        heads.forEach((h, j) => j === i ? h.setAttribute("aria-sort", down ? "descending" : "ascending") : h.removeAttribute("aria-sort"));
    };
    const choice = document.createElement("select");
    heads.forEach((h, i) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...h.childNodes);
        h.append(button);
        button.addEventListener("click", () => sort(i, h.getAttribute("aria-sort") === "ascending"));
        for (const [down, mark] of [[false, "↑"], [true, "↓"]])
            choice.append(new Option(`${h.textContent} ${mark}`, `${i} ${Number(down)}`));
    });
    choice.addEventListener("change", () => { const [i, down] = choice.value.split(" ").map(Number); sort(i, down === 1); });
    choice.prepend(new Option("as it stands", "", true, true));
    choice.options[0].disabled = true;
    const label = document.createElement("label");
    label.className = "by";
    label.append("Sort by ", choice);
    table.before(label);
}
// Paper cannot be unfolded.
let folded = [];
addEventListener("beforeprint", () => { folded = [...document.querySelectorAll("details:not([open])")]; folded.forEach(d => { d.open = true; }); });
addEventListener("afterprint", () => folded.forEach(d => { d.open = false; }));
