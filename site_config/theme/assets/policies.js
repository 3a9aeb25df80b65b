// 政策总览在排不下各城市的屏幕上：一件事一折，先只开第一件。没有脚本的、宽的、打印的，全部摊开。
{
  const narrow = matchMedia("screen and (max-width: 75em)");
  const heads = [...document.querySelectorAll(".yy-policies .yy-matrix tbody th")];
  const buttons = heads.map((head, number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.setAttribute("aria-expanded", number === 0);
    button.addEventListener("click", () =>
      button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") === "false"));
    return button;
  });
  const fit = () => heads.forEach((head, number) =>
    head.replaceChildren(narrow.matches ? buttons[number] : buttons[number].textContent));
  narrow.addEventListener("change", fit);
  fit();
}
