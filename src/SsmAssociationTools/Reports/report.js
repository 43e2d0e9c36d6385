// Makes the table of entries sort, filter and grow. Everything that it shows is in the page already.
(function () {
    "use strict";

    const table = document.getElementById("entries");
    if (!table) {
        return;
    }

    // A browser lays out a few hundred rows at once, ten thousand it does not.
    const page = 200;
    const bodies = Array.from(table.tBodies);
    const rows = bodies.flatMap(body => Array.from(body.rows));
    const original = rows.slice();
    const filter = document.getElementById("filter");
    const status = document.getElementById("status");
    const shown = document.getElementById("shown");
    const more = document.getElementById("more");
    const heads = Array.from(table.tHead.rows[0].cells);
    const texts = new Map();
    const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
    let order = original;
    let limit = page;
    let waiting = 0;

    function textOf(row) {
        let text = texts.get(row);
        if (text === undefined) {
            text = row.textContent.toLowerCase();
            texts.set(row, text);
        }

        return text;
    }

    function show() {
        const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
        let found = 0;
        for (const row of order) {
            const fits = (!status.value || row.cells[1].textContent === status.value) && words.every(word => textOf(row).includes(word));
            found += fits ? 1 : 0;
            row.classList.toggle("off", !fits || found > limit);
        }

        const visible = Math.min(found, limit);
        shown.textContent = visible === rows.length
            ? "All " + rows.length.toLocaleString("en") + " shown"
            : visible.toLocaleString("en") + " of " + found.toLocaleString("en") + " shown" + (found === rows.length ? "" : ", of " + rows.length.toLocaleString("en") + " in all");
        more.parentElement.hidden = visible === found;
        more.textContent = "Show " + Math.min(found - visible, limit).toLocaleString("en") + " more";
    }

    function restart() {
        clearTimeout(waiting);
        waiting = setTimeout(function () {
            limit = page;
            show();
        }, 120);
    }

    function sort(column) {
        const head = heads[column];
        const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        for (const other of heads) {
            other.setAttribute("aria-sort", other === head ? direction : "none");
        }

        const keys = new Map(rows.map(row => [row, row.cells[column].textContent]));
        const sign = direction === "ascending" ? 1 : -1;

        // Rows without a value come last either way.
        order = original.slice().sort(function (left, right) {
            const a = keys.get(left);
            const b = keys.get(right);
            return (a === "") - (b === "") || sign * compare(a, b);
        });
        const sorted = document.createDocumentFragment();
        order.forEach(row => sorted.append(row));
        bodies[0].append(sorted);
        limit = page;
        show();
    }

    heads.forEach(function (head, column) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        button.addEventListener("click", function () { sort(column); });
        head.replaceChildren(button);
        head.setAttribute("aria-sort", "none");
    });
    filter.addEventListener("input", restart);
    status.addEventListener("change", restart);
    more.addEventListener("click", function () {
        limit *= 2;
        show();
    });

    // What the browser kept of an earlier look at the page is no filter of this one.
    filter.value = "";
    status.value = "";
    document.getElementById("controls").hidden = false;
    show();
    bodies.forEach(body => body.classList.remove("later"));
}());
