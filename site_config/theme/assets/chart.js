// 统计图存成 PNG：把图连同页上的颜色、字体画到画布上，两倍大小；标题写在图上。
addEventListener("click", ({ target }) => {
  const figure = document.getElementById(target.closest("[data-png]")?.dataset.png ?? "");
  if (!figure) return;
  const drawn = figure.querySelector("svg.yy-chart");
  const { width, height } = drawn.getBoundingClientRect();
  const copy = drawn.cloneNode(true), style = getComputedStyle(drawn);
  // 字大时没有写的年份，存下的图上也不写：样式表不随图走。
  const words = copy.querySelectorAll("text");
  drawn.querySelectorAll("text").forEach((text, number) => getComputedStyle(text).display === "none" && words[number].remove());
  const page = getComputedStyle(document.body).backgroundColor;
  const top = 48, edge = 16;
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  for (const name of ["font-family", "font-size", "color"]) copy.style[name] = style.getPropertyValue(name);
  copy.style.setProperty("--yy-chart-mark", style.getPropertyValue("--yy-chart-mark") || style.color);
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = 2 * (width + 2 * edge);
    canvas.height = 2 * (height + top + 2 * edge);
    pen.scale(2, 2);
    pen.fillStyle = page;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = style.color;
    pen.font = `bold 16px ${style.fontFamily}`;
    pen.fillText(figure.querySelector("figcaption").firstChild.textContent.trim(), edge, 32, width);
    pen.drawImage(picture, edge, top, width, height);
    const link = document.createElement("a");
    link.download = `${figure.id}.png`;
    link.href = canvas.toDataURL("image/png");
    link.click();
  };
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
});
