/** Takes a pasted address apart: who, phone, where; what it does not know stays in the street. Nothing leaves the page. */

/** @import { AddressField } from "./address-rules.js" */

/** 11 digits of a mobile in China, or any number with a country's code before it; spaces and dashes may stand in it. */
const PHONE = /\+\d[\d -]{6,18}\d|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/;
const POSTCODE = /(?<!\d)\d{6}(?!\d)/;
const LABELS = /(?:收件人|收货人|联系人|姓名|手机号?码?|电话|联系电话|所在地区|详细地址|收货地址|地址|邮编)\s*[:：]?/g;
const PROVINCE = /^(?:(北京|上海|天津|重庆)市?|(.{2,7}?(?:省|自治区|特别行政区)))/;
const CITY = /^.{1,10}?(?:自治州|地区|盟|市)/;
const DISTRICT = /^.{1,10}?(?:自治县|区|县|旗|市)/;
const LEAST_NAME = 2;
const MOST_NAME = 4;

/** @param {string} text @returns {Partial<Record<AddressField, string>>} what was found */
export function takeApart(text) {
  let rest = text.replace(LABELS, " ").replace(/[\n\t,，;；、|]+/g, " ");
  const phone = rest.match(PHONE)?.[0] ?? "";
  rest = phone ? rest.replace(phone, " ") : rest;
  const postcode = rest.match(POSTCODE)?.[0] ?? "";
  rest = postcode ? rest.replace(postcode, " ") : rest;
  const words = rest.split(/\s+/).filter((word) => word !== "");
  const name = nameOf(words);
  const where = placeOf(words.filter((word) => word !== name).join(" "));
  return kept({ phone: phone.replace(/[ -]+/g, " ").trim(), postcode, name, ...where });
}

/** The shortest word that is no place's part. @param {readonly string[]} words */
function nameOf(words) {
  return words.filter(isName).sort((one, other) => one.length - other.length)[0] ?? "";
}

/** @param {string} word */
function isName(word) {
  const isLongEnough = word.length >= LEAST_NAME && word.length <= MOST_NAME;
  return isLongEnough && /^[\p{Script=Han}·]+$/u.test(word) && !/[省市区县镇乡村路街号楼室栋]$/.test(word);
}

/** @param {string} text */
function placeOf(text) {
  const [province, afterProvince] = cut(text, PROVINCE);
  if (province === "") return { street: text };
  const isMunicipality = !/(省|自治区|特别行政区)$/.test(province);
  if (isMunicipality) {
    const city = `${province.replace(/市$/, "")}市`;
    const [district, street] = cut(afterProvince.replace(sameCity(province), "").trim(), DISTRICT);
    return { province: city, city, district, street };
  }
  const [city, afterCity] = cut(afterProvince, CITY);
  const [district, street] = cut(afterCity, DISTRICT);
  return { province, city, district, street };
}

/** A municipality often stands twice: 上海市上海市徐汇区. @param {string} province */
const sameCity = (province) => new RegExp(`^${province.replace(/市$/, "")}市?`);

/** @param {string} text @param {RegExp} pattern @returns {[string, string]} what was found at the start, and what comes after it */
function cut(text, pattern) {
  const found = text.match(pattern)?.[0] ?? "";
  return [found, text.slice(found.length).trim()];
}

/** @param {Record<string, string>} parts */
const kept = (parts) => Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== ""));
