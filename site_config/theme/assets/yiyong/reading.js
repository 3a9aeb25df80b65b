// 阅读：长者模式的字号与深浅两色，记在本机，画第一行之前由页首的一行脚本先照记下的设好；
// 折起的部分，网址指到里面就打开，打印时打开（一部法规的各个版本除外）。
{
  const $ = (id) => document.getElementById(id);
  const { dataset } = document.documentElement;
  const keep = (name, value) => {
    try {
      localStorage["yiyong." + name] = value;
    } catch {}
  };
  const size = () => +dataset.yyType || 0;
  const resize = (step) => {
    step ? (dataset.yyType = step) : delete dataset.yyType;
    $("yy-type").ariaPressed = !!step;
    keep("type", step || "");
  };
  resize(size());
  $("yy-type").onclick = () => resize(size() ? 0 : 1);
  for (const button of document.querySelectorAll("[data-step]")) {
    button.onclick = () => resize(Math.min(3, Math.max(1, size() + +button.dataset.step)));
  }

  const night = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (dataset.yyScheme ? dataset.yyScheme === "dark" : night.matches);
  const shade = () => ($("yy-scheme").ariaPressed = dark());
  shade();
  night.onchange = shade;
  $("yy-scheme").onclick = () => {
    keep("scheme", (dataset.yyScheme = dark() ? "light" : "dark"));
    shade();
  };

  const reveal = () => {
    const hash = decodeURIComponent(location.hash.slice(1)), [version] = hash.split("/");
    // 一个版本的原文到不了的条，指到它的末尾。
    const exact = $(hash), place = exact ?? $(version + "/end") ?? $(version);
    let fold, folded;
    while ((fold = place?.closest("details:not([open])"))) folded = fold.open = true;
    if (folded || (place && !exact)) (place.matches("details > div") ? place.parentElement : place).scrollIntoView();
  };
  reveal();
  addEventListener("hashchange", reveal);

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(":is(.yy-fold:not(.yy-version), .yy-topic:not(.yy-digest *), .yy-working, .yy-endings, .yy-legend, .yy-compare__topic, .yy-compare__same, .yy-national, #objection .yy-details, .yy-list figure details):not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
