// On a narrow screen the strip of days scrolls: begin where today is, or where the term ends.
for (const box of document.querySelectorAll(".reply-clock .scroll")) {
  const day = box.querySelector(".day-today") ?? box.querySelector(".day-due") ?? box.querySelector(".day-done");
  if (day && box.scrollWidth > box.clientWidth) box.scrollLeft += day.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 2;
}
