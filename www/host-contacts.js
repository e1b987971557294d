// The people of this CRM. All are invented; their numbers are the sandbox's own: who "Ring me" is, and lines whose last four
// digits say what the far end does (1001 echoes, 1004 is busy, 1005 rings in vain).

import { all, keep } from "/host-kept.js";

const MOBILE = "Mobile";
const OFFICE = "Office";
const DAY = 86_400_000;

const PEOPLE = [
  ["Ravi Kumar", "Purchase head", "Kaveri Agro Foods", "Mysuru", "Won", [[MOBILE, "+919876543210"], [OFFICE, "+918040001001"]],
    "Buys pumps for eleven mills each spring. If he is out, his assistant is on 98765 41012.",
    [[2, "mail", "Sent the revised quotation for 40 pumps"], [9, "meeting", "Walked through the Nanjangud mill"]]],
  ["Meera Iyer", "Founder", "Madurai Looms", "Madurai", "Offer", [[MOBILE, "+919876501234"], [OFFICE, "+918040001002"]],
    "Prefers a call after 16:00. Accounts: 080 4000 1012, ask for Selvi.",
    [[1, "mail", "Asked for samples in indigo"], [5, "deal", "Opportunity of ₹4,20,000 opened"]]],
  ["Dev Malhotra", "Facilities", "Indus Towers Estate", "Bengaluru", "Offer", [[OFFICE, "+918040001000"], [MOBILE, "+919876541003"]],
    "Shares the front desk's line with Farida Sheikh.",
    [[3, "meeting", "Showed the building's new access system"]]],
  ["Farida Sheikh", "Front desk", "Indus Towers Estate", "Bengaluru", "New", [[OFFICE, "+918040001000"]],
    "Puts calls through to everybody in the building; best before 11:00.",
    [[12, "note", "Gave us the names of three tenants"]]],
  ["Anita Deshpande", "Owner", "Sahyadri Tea Rooms", "Pune", "Offer", [[MOBILE, "+919812345678"], [OFFICE, "+918040001006"]],
    "Opens her fourth tea room in Baner in March. Shop floor: (080) 4000 1010.",
    [[1, "deal", "Opportunity of ₹2,75,000 moved to Offer"], [6, "mail", "Thanked us for the tasting"]]],
  ["Harpreet Gill", "Partner", "Gill & Sons Transport", "Ludhiana", "Won", [[MOBILE, "+919811111111"], [OFFICE, "+918040001011"]],
    "Runs the northern routes; his sister Simran the accounts, from the same phone.",
    [[4, "meeting", "Renewal signed for two years"]]],
  ["Simran Gill", "Accounts", "Gill & Sons Transport", "Ludhiana", "Won", [[MOBILE, "+919811111111"]],
    "Pays on the 5th. Send invoices to her and not to Harpreet.",
    [[7, "mail", "Invoice 2291 paid"]]],
  ["Arjun Nambiar", "Head of IT", "Malabar Spices Exchange", "Kochi", "New", [[OFFICE, "+918040001004"], [MOBILE, "+919876541002"]],
    "His line is nearly always busy: write first.",
    [[2, "note", "Met at the Kochi trade fair"]]],
  ["Lakshmi Reddy", "Principal", "Golconda Public School", "Hyderabad", "Offer", [[OFFICE, "+918040001005"], [MOBILE, "+919876541006"]],
    "No calls during exams, which end on the 20th.",
    [[15, "deal", "Opportunity of ₹6,10,000 opened"]]],
  ["Imran Qureshi", "Director", "Awadh Handicrafts", "Lucknow", "New", [[MOBILE, "+919876541009"]],
    "Travels by train; the line drops near Kanpur.",
    [[20, "mail", "Filled in the form on our page"]]],
  ["Kavya Shenoy", "Clinic manager", "Konkan Dental Care", "Mangaluru", "Won", [[OFFICE, "+918040001012"], [MOBILE, "+919876541010"]],
    "The office has a menu: 2 for appointments, 3 for billing.",
    [[8, "meeting", "Trained the reception of both clinics"]]],
  ["Nikhil Bose", "Editor", "Howrah Evening Post", "Kolkata", "Lost", [[OFFICE, "+918040001008"]],
    "Went with another supplier; said we may ask again next year.",
    [[40, "deal", "Opportunity of ₹1,90,000 lost"]]],
  ["Sunaina Rathore", "Events", "Marwar Heritage Hotels", "Jaipur", "Offer", [[MOBILE, "+919876541011"], [OFFICE, "+918040001003"]],
    "Plans 30 weddings between November and February.",
    [[1, "note", "Wants a price for 12 handsets by Friday"]]],
  ["Tashi Dorjee", "Co-operative secretary", "Spiti Growers' Union", "Keylong", "New", [[OFFICE, "+918040001014"]],
    "The satellite line carries one voice at a time: wait for his answer.",
    [[11, "mail", "Sent our catalogue"]]],
];

const KEPT = "tamarind.contact.";

const slug = (name) => name.toLowerCase().replace(/[^\p{L}\d]+/gu, "-");

const INVENTED = PEOPLE.map(([name, title, company, city, stage, numbers, about, history]) => ({
  id: slug(name),
  name,
  title,
  company,
  city,
  stage,
  email: `${slug(name).replace("-", ".")}@${slug(company).replace(/-/g, "")}.example`,
  numbers: numbers.map(([kind, number]) => ({ kind, number })),
  about,
  history: history.map(([days, kind, text]) => ({ at: Date.now() - days * DAY, kind, text })),
}));

/** Everybody, by name; those added in this browser as well. */
export function everybody() {
  return [...INVENTED, ...all(KEPT)].sort((one, other) => one.name.localeCompare(other.name));
}

export const contact = (id) => everybody().find((one) => one.id === id);

/** Keeps somebody new, who has called from this number. */
export function add(name, number) {
  const made = { id: `${slug(name)}-${Date.now()}`, name, title: "", company: "", city: "", stage: "New", email: "",
    numbers: [{ kind: "Phone", number }], about: "", history: [{ at: Date.now(), kind: "note", text: "Added from a call" }] };
  keep(KEPT + made.id, made);
  return made;
}

/** What makes two writings of a number the same: its last ten digits. Null for one that is masked, or no number. */
export function core(number) {
  const digits = number.replace(/[\s()+.-]/g, "");
  return /^\d{10,}$/.test(digits) ? digits.slice(-10) : null;
}

/** Everybody with this number. */
export function withNumber(number) {
  const wanted = core(number);
  if (!wanted) return [];
  return everybody().filter(({ numbers }) => numbers.some((one) => core(one.number) === wanted));
}

/** Everybody in whom each word is found: in name, company, city, or digits of a number. */
export function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const digits = text.replace(/[\s()+-]/g, "").replace(/^0/, "");
  const found = ({ name, company, city, numbers }) => {
    const said = `${name} ${company} ${city}`.toLowerCase();
    const numbered = /^\d{3,}$/.test(digits) && numbers.some(({ number }) => number.includes(digits));
    return numbered || words.every((word) => said.includes(word));
  };
  return everybody().filter(found);
}

/** A number as people read it in India; any other as it is. */
export function written(number) {
  const ten = core(number);
  if (!ten || !/^(\+?91|0)?\d{10}$/.test(number.replace(/[\s()-]/g, ""))) return number;
  if (/^[6-9]/.test(ten) && !ten.startsWith("80")) return `+91 ${ten.slice(0, 5)} ${ten.slice(5)}`;
  return `+91 ${ten.slice(0, 2)} ${ten.slice(2, 6)} ${ten.slice(6)}`;
}
