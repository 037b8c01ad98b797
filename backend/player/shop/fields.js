/** Fields to type in, each with its label and its fault. */

import { el } from "./parts.js";

/**
 * @param {string} id
 * @param {string} label
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {() => void} onTyped
 */
export function field(id, label, input, onTyped) {
  input.id = id;
  const fault = el("span", "blank__fault");
  fault.id = `${id}-fault`;
  fault.ariaLive = "polite";
  input.setAttribute("aria-describedby", fault.id);
  const words = el("label", "", label);
  words.htmlFor = id;
  const element = el("div", "blank", words, input, fault);
  /** @param {string} text empty where nothing is wrong */
  const showFault = (text) => {
    element.classList.toggle("blank--bad", text !== "");
    input.ariaInvalid = String(text !== "");
    fault.textContent = text;
  };
  input.oninput = () => {
    showFault("");
    onTyped();
  };
  return { element, input, showFault };
}

/**
 * A group of radio buttons, one line each.
 * @param {string} name
 * @param {string} legend
 * @param {{ value: string, text: string, hint: string, isOff?: boolean }[]} choices
 * @param {string} chosen
 * @param {(value: string) => void} onChosen
 */
export function choices(name, legend, choices, chosen, onChosen) {
  const rows = choices.map(({ value, text, hint, isOff = false }) => {
    const input = el("input", "");
    input.type = "radio";
    input.name = name;
    input.value = value;
    input.checked = value === chosen;
    input.disabled = isOff;
    input.dataset["focus"] = `${name}=${value}`;
    input.onchange = () => onChosen(value);
    return el("label", `method${isOff ? " method--off" : ""}`, el("span", "grow stack", el("span", "", text), hint ? el("span", "t12 dimmer", hint) : null), input);
  });
  return el("fieldset", "box methods", el("legend", "box__title", legend), ...rows);
}
