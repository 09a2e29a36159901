// What a browser finds in a page, as lines `ok` or `not ok`; report.bats appends this to the page
// and shows it in a frame 360 px wide, beside whose #result the lines go. (No window of
// Chromium's is so narrow.)
// The pixels within pictures, as images of their own: the page is not loaded before they are.
const pixels = [...document.querySelectorAll("figure svg image")].map(image => {
    const copy = new Image();
    copy.src = image.getAttribute("xlink:href");
    copy.style.display = "none";
    document.body.append(copy);
    return copy;
});
addEventListener("load", () => {
    const lines = [], say = (good, what) => lines.push(`${good ? "ok" : "not ok"} ${what}`);
    document.querySelectorAll("details").forEach(d => { d.open = true; });
    const pictures = [...document.querySelectorAll("figure svg")];
    for (const svg of pictures) {
        const box = svg.getBoundingClientRect(), words = svg.getAttribute("aria-label");
        say(box.width > 200 && box.height > 100 && svg.querySelectorAll("path, text").length > 5, `shows: ${words}`);
        say(svg.getAttribute("role") === "img" && words.length > 10, `is told in words: ${words}`);
        for (const use of svg.querySelectorAll("use"))
            if (!svg.querySelector("#" + CSS.escape(use.getAttribute("xlink:href").slice(1)))) say(false, `a mark of ${words}`);
    }
    say(pixels.every(p => p.complete && p.naturalWidth > 0), `${pixels.length} images of pixels`);
    const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
    say(new Set(ids).size === ids.length, "each name is there once");
    for (const a of document.querySelectorAll("a[href^='#']")) say(document.getElementById(decodeURIComponent(a.hash.slice(1))), `${a.hash} leads somewhere`);
    say(innerWidth === 360 && document.documentElement.scrollWidth <= 360, `width ${innerWidth}, ${document.documentElement.scrollWidth} to scroll`);
    for (const e of document.querySelectorAll("body *"))
        if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).overflowX !== "visible") say(false, `${e.tagName} scrolls`);
    for (const table of document.querySelectorAll("table.sort")) {
        const head = [...table.tHead.rows[0].cells], rows = [...table.tBodies[0].rows].map(r => r.textContent);
        head.forEach((h, i) => {
            const button = h.querySelector("button");
            button.focus();
            for (const order of ["ascending", "descending"]) {
                button.click();
                const cells = [...table.tBodies[0].rows].map(r => r.cells[i]), v = cells.map(c => c.dataset.v === undefined ? c.textContent.trim().toLowerCase() : Number(c.dataset.v));
                const there = v.filter(x => x !== "" && x !== "–" && !Number.isNaN(x));
                const sorted = there.every((x, k) => k === 0 || (order === "ascending" ? there[k - 1] <= x : there[k - 1] >= x));
                say(sorted && v.slice(0, there.length).every(x => there.includes(x)) && h.getAttribute("aria-sort") === order, `${table.caption.textContent}: ${h.textContent} ${order}`);
            }
        });
        say([...table.tBodies[0].rows].map(r => r.textContent).sort().join() === rows.sort().join(), `${table.caption.textContent}: rows stay`);
        say(table.previousElementSibling.querySelector("select").options.length === 2 * head.length + 1, `${table.caption.textContent}: a list to sort by`);
    }
    say(!window.hurt && !document.querySelector("hurt, .hurt"), "texts stay texts");
    say(performance.getEntriesByType("resource").every(r => r.name.startsWith("data:")), "nothing is loaded");
    parent.document.querySelector("#result").textContent +=
        "\n" + lines.join("\n") + "\n" + lines.filter(l => l.startsWith("not")).length + " of " + lines.length + " not ok\n";
});
