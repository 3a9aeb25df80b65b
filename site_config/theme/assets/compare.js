// 对照页：按所选日期显示各格。日期写成 2016-01-01，按文字比较就是按先后比较。没有脚本时，页上是建站当天的规定。
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("yy-on"), field = $("yy-on-day"), turning = $("yy-on-turning"), shown = $("yy-on-shown");
  const spans = document.querySelectorAll("[data-since]");

  function show(on) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) {
      shown.textContent = form.dataset.invalid;
      return;
    }
    for (const span of spans) {
      const { since, until } = span.dataset;
      span.hidden = on < since || (until !== "" && on > until);
    }
    const [year, month, day] = on.split("-").map(Number);
    shown.textContent = form.dataset.shown.replace("{on}", `${year}年${month}月${day}日`);
    // 所选的日子恰是变化之日的，选单跟着走；否则回到空项。
    turning.value = on;
    if (turning.selectedIndex < 0) turning.value = "";
    const address = new URL(location);
    address.searchParams.set("on", on);
    history.replaceState(null, "", address);
  }

  form.onsubmit = () => false;
  field.oninput = () => show(field.value);
  turning.onchange = () => turning.value && show((field.value = turning.value));

  // 带着日期的网址（?on=2015-12-31）打开就是那一天。
  const asked = new URL(location).searchParams.get("on");
  if (asked) {
    field.value = asked;
    show(field.value);
  }
})();
