/** What the account's sheet is made of. */

import { CLOSE } from "../core/sheets.js";

export const MARKUP = `
  <dialog class="sheet account" aria-labelledby="account-title">
    <h2 id="account-title"></h2>${CLOSE}
    <p class="account__told" role="status"></p>
    <form class="account__form" data-view="sign_in" novalidate hidden>
      <p class="account__hint" data-text="sign_in_hint"></p>
      <div class="field"><label for="sign-in-name" data-text="account_name"></label>
        <input id="sign-in-name" name="name" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" enterkeyhint="next" required aria-describedby="sign-in-name-fault">
        <p class="field__fault" id="sign-in-name-fault" aria-live="polite"></p></div>
      <div class="field"><label for="sign-in-password" data-text="password"></label>
        <input id="sign-in-password" name="password" type="password" autocomplete="current-password" enterkeyhint="go" required aria-describedby="sign-in-password-fault">
        <button class="field__show" type="button" aria-pressed="false" aria-controls="sign-in-password" data-label="password_show"><svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12z"/><circle cx="12" cy="12" r="3"/><path class="when-off" d="M4 4l16 16"/></svg></button>
        <p class="field__fault" id="sign-in-password-fault" aria-live="polite"></p></div>
      <p class="account__fault" role="alert"></p>
      <button class="pill account__send" type="submit" data-text="sign_in"></button>
      <button class="account__turn" type="button" data-to="sign_up" data-text="sign_up_instead"></button>
    </form>
    <form class="account__form" data-view="sign_up" novalidate hidden>
      <p class="account__hint" data-text="sign_up_hint"></p>
      <div class="field"><label for="sign-up-name" data-text="account_name_new"></label>
        <input id="sign-up-name" name="name" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" enterkeyhint="next" required aria-describedby="sign-up-name-fault">
        <p class="field__fault" id="sign-up-name-fault" aria-live="polite"></p></div>
      <div class="field"><label for="sign-up-password" data-text="password_chosen"></label>
        <input id="sign-up-password" name="password" type="password" autocomplete="new-password" enterkeyhint="go" required aria-describedby="sign-up-password-fault">
        <button class="field__show" type="button" aria-pressed="false" aria-controls="sign-up-password" data-label="password_show"><svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12z"/><circle cx="12" cy="12" r="3"/><path class="when-off" d="M4 4l16 16"/></svg></button>
        <p class="field__fault" id="sign-up-password-fault" aria-live="polite"></p></div>
      <p class="account__fault" role="alert"></p>
      <button class="pill account__send" type="submit" data-text="sign_up"></button>
      <button class="account__turn" type="button" data-to="sign_in" data-text="sign_in_instead"></button>
    </form>
    <form class="account__form" data-view="password" novalidate hidden>
      <p class="account__hint" data-text="password_change_hint"></p>
      <input class="account__username" name="username" autocomplete="username" readonly tabindex="-1" aria-hidden="true">
      <div class="field"><label for="password-old" data-text="password_old"></label>
        <input id="password-old" name="old" type="password" autocomplete="current-password" enterkeyhint="next" required aria-describedby="password-old-fault">
        <button class="field__show" type="button" aria-pressed="false" aria-controls="password-old" data-label="password_show"><svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12z"/><circle cx="12" cy="12" r="3"/><path class="when-off" d="M4 4l16 16"/></svg></button>
        <p class="field__fault" id="password-old-fault" aria-live="polite"></p></div>
      <div class="field"><label for="password-new" data-text="password_new"></label>
        <input id="password-new" name="new" type="password" autocomplete="new-password" enterkeyhint="go" required aria-describedby="password-new-fault">
        <button class="field__show" type="button" aria-pressed="false" aria-controls="password-new" data-label="password_show"><svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12z"/><circle cx="12" cy="12" r="3"/><path class="when-off" d="M4 4l16 16"/></svg></button>
        <p class="field__fault" id="password-new-fault" aria-live="polite"></p></div>
      <p class="account__fault" role="alert"></p>
      <button class="pill account__send" type="submit" data-text="password_change"></button>
      <button class="account__turn" type="button" data-to="account" data-text="back"></button>
    </form>
    <div class="account__form" data-view="account" hidden>
      <p class="account__name"></p>
      <button class="pill account__change" type="button" data-to="password" data-text="password_change"></button>
      <button class="account__sign-out" type="button" data-text="sign_out"></button>
    </div>
  </dialog>
`;
