// 阅读设置：长者模式的字号与深浅两色，记在本机。画第一行之前由页首的一行脚本先照记下的设好。
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
}
