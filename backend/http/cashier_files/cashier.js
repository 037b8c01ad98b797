// Asks now and then whether the payment moved on, and lets the clock run; the page works without it too.

const ASK_EVERY_MS = 3000;
const page = document.querySelector("main");
const clock = document.querySelector(".clock");

async function ask() {
  try {
    const response = await fetch(`${location.pathname}/state`, { cache: "no-store" });
    if (response.ok && (await response.json()).state !== page.dataset.state) location.reload();
  } catch {
    // The line is down; the next time may do.
  }
}

function tick(endsAt) {
  const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  const [minutes, seconds] = clock.querySelectorAll("b");
  minutes.textContent = String(Math.floor(left / 60)).padStart(2, "0");
  seconds.textContent = String(left % 60).padStart(2, "0");
}

setInterval(() => {
  if (!document.hidden) ask();
}, ASK_EVERY_MS);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask();
});
if (clock !== null) {
  const endsAt = performance.now() + Number(clock.dataset.left) * 1000;
  setInterval(() => tick(endsAt), 500);
}
