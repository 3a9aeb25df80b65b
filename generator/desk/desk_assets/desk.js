// 办公桌的脚本：边写边核对，添加和删去一项，查找案件。没有脚本时，同样的事由按钮和服务器来做。
(() => {
  "use strict";

  const form = document.querySelector("form[data-live]");
  if (form) live(form);
  const filter = document.querySelector("[data-filter]");
  if (filter) filterRows(filter);
  if (document.querySelector("[data-reload]")) setTimeout(() => location.reload(), 800);

  function live(form) {
    const state = form.querySelector("[data-state]");
    let timer = 0;
    let asked = 0;
    let dirty = false;

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("click", (event) => {
      const add = event.target.closest("[data-add]");
      if (add) {
        event.preventDefault();
        addItem(add.closest("[data-entries]"));
        changed(event);
      }
    });
    form.addEventListener("submit", () => { dirty = false; });
    addEventListener("beforeunload", (event) => {
      if (!dirty) return;
      event.preventDefault();
      event.returnValue = true; // 2023 年的浏览器要这一行
    });

    function changed(event) {
      dirty = true;
      const box = event.target;
      if (box.matches("[data-remove]")) box.closest("[data-removable]").classList.toggle("is-removed", box.checked);
      if (box.matches("[data-picture]")) showPicture(box);
      if (box.name && box.name.endsWith("disclosure")) hidden(box, box.closest("[data-item]"), box.value !== "" && box.value !== "full");
      if (box.name === "level") hidden(box, form, box.value !== "" && box.value !== "public");
      clearTimeout(timer);
      timer = setTimeout(ask, 450);
    }

    /** 隐名、不公开的，要写依据：打开那一节。 */
    function hidden(box, around, is) {
      if (around.dataset.item) around.dataset.disclosure = box.value;
      const basis = [...around.querySelectorAll('[data-entry="withholding"]')].find((entry) => entry.parentElement.closest("[data-item], form") === around);
      if (basis && is) basis.open = true;
    }

    async function ask() {
      const number = ++asked;
      try {
        const answer = await fetch(form.dataset.live, {
          method: "POST", body: written(form), credentials: "same-origin",
        });
        if (answer.ok && number === asked) show(await answer.json());
      } catch { /* 服务停了：保存时会说。 */ }
    }

    /** 写下的，不连同选的照片：照片在保存时才送。 */
    function written(form) {
      const data = new FormData(form);
      for (const box of form.querySelectorAll("[data-picture]")) {
        data.delete(box.name);
        const name = box.name.replace("_picture.", "");
        if (box.files.length && !data.get(name)) data.set(name, "chosen.jpg");
      }
      return new URLSearchParams(data);
    }

    function show(judged) {
      for (const list of form.querySelectorAll("[data-troubles]")) {
        list.innerHTML = judged.troubles[list.dataset.troubles] || "";
        const control = form.querySelector(`[data-name="${CSS.escape(list.dataset.troubles)}"]`);
        if (control) control.toggleAttribute("aria-invalid", list.querySelector(".trouble--error") !== null);
      }
      for (const box of form.querySelectorAll("[data-picture]")) {
        if (box.files.length) form.querySelector(`[data-troubles="${CSS.escape(box.dataset.name)}"]`).textContent = "";
      }
      for (const read of form.querySelectorAll("[data-read]")) read.textContent = judged.read[read.dataset.read] || "";
      form.querySelector("[data-above]").innerHTML = judged.above;
      for (const count of document.querySelectorAll("[data-step-count]")) {
        const found = judged.steps[count.dataset.stepCount] || 0;
        count.textContent = found;
        count.hidden = !found;
      }
      const words = judged.count ? state.dataset.some.replace("{count}", judged.count) : state.dataset.clean;
      state.textContent = dirty ? `${words} ${state.dataset.unsaved}` : words;
    }
  }

  /** 选了一张照片：保存以前先看一眼。 */
  function showPicture(box) {
    const field = box.closest(".field");
    let shown = field.querySelector(".portrait");
    if (!shown) {
      shown = document.createElement("img");
      shown.className = "portrait";
      shown.alt = "";
      box.before(shown);
    }
    const reader = new FileReader();
    reader.onload = () => { shown.src = reader.result; };
    if (box.files.length) reader.readAsDataURL(box.files[0]);
  }

  /** 照样板添一项。样板里的位置写作 __N0__，里层的写作 __N1__。 */
  function addItem(list) {
    const place = `__N${list.dataset.depth}__`;
    const position = list.dataset.next;
    list.dataset.next = Number(position) + 1;
    const holder = document.createElement("template");
    const sample = [...list.children].find((child) => child.tagName === "TEMPLATE");
    holder.innerHTML = sample.innerHTML.replaceAll(place, position);
    const item = holder.content.firstElementChild;
    sample.before(item);
    const first = item.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
  }

  function filterRows(filter) {
    const rows = [...document.querySelectorAll("[data-row]")];
    const told = document.querySelector("[data-filter-found]");
    filter.addEventListener("input", () => {
      const wanted = filter.value.trim();
      let found = 0;
      for (const row of rows) {
        row.hidden = wanted !== "" && !row.textContent.includes(wanted);
        if (!row.hidden) found += 1;
      }
      told.textContent = wanted ? filter.dataset.found.replace("{count}", found) : "";
    });
  }
})();
