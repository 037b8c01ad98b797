// Lets Stripe's own form take the card: what is typed goes to Stripe, and never to this server.

const form = document.querySelector("#card");
const pay = document.querySelector("#card-pay");
const note = document.querySelector("#card-note");
const checking = document.querySelector("#card-checking");
// What Stripe adds to the address on the way back, of what was not refused.
const GOES_ON = new Set(["succeeded", "processing", "pending"]);

function show(text) {
  note.textContent = text;
  note.hidden = text === "";
}

/** Shows that the payment is being checked, until cashier.js finds that it moved on and loads the page again. */
function wait() {
  for (const part of document.querySelectorAll("main > :not(header)")) part.remove();
  document.querySelector("main").append(checking.content);
}

/** The address without what Stripe adds to it on the way back, which holds the payment's secret. */
function cleanAddress() {
  return `${location.pathname}?lang=${form.dataset.language.slice(0, 2)}`;
}

function open() {
  const { key, secret, language } = form.dataset;
  const stripe = window.Stripe(key, { locale: language.startsWith("zh") ? "zh" : "en" });
  const night = matchMedia("(prefers-color-scheme: dark)").matches;
  const elements = stripe.elements({ clientSecret: secret, appearance: { theme: night ? "night" : "stripe" } });
  const fields = elements.create("payment");
  fields.on("ready", () => (pay.disabled = false));
  fields.on("loaderror", () => show(form.dataset.missing));
  fields.mount("#card-fields");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    confirm(stripe, elements);
  });
}

async function confirm(stripe, elements) {
  pay.disabled = true;
  show("");
  try {
    const confirmParams = { return_url: location.origin + cleanAddress() };
    const { error } = await stripe.confirmPayment({ elements, confirmParams, redirect: "if_required" });
    if (error === undefined) return wait();
    show(error.message ?? form.dataset.refused);
  } catch {
    show(form.dataset.refused);
  }
  pay.disabled = false;
}

const outcome = new URLSearchParams(location.search).get("redirect_status");
history.replaceState(null, "", cleanAddress());
if (GOES_ON.has(outcome)) wait();
else if (window.Stripe === undefined) show(form.dataset.missing);
else open();
