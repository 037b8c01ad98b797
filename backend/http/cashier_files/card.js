// Lets Stripe's own form take the card: what is typed goes to Stripe, and never to this server.

const form = document.querySelector("#card");
const pay = document.querySelector("#card-pay");
const told = document.querySelector("#card-told");

function tell(text) {
  told.textContent = text;
  told.hidden = text === "";
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
  fields.on("loaderror", () => tell(form.dataset.missing));
  fields.mount("#card-fields");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    confirm(stripe, elements);
  });
}

async function confirm(stripe, elements) {
  pay.disabled = true;
  tell("");
  try {
    const confirmParams = { return_url: location.origin + cleanAddress() };
    const { error } = await stripe.confirmPayment({ elements, confirmParams, redirect: "if_required" });
    if (error === undefined) return location.reload();
    tell(error.message ?? form.dataset.refused);
  } catch {
    tell(form.dataset.refused);
  }
  pay.disabled = false;
}

history.replaceState(null, "", cleanAddress());
if (window.Stripe === undefined) tell(form.dataset.missing);
else open();
