import { count, plural } from '$lib/format/number';

/** What of an organization can be changed here, by the names that the program uses. */
export type EditField = 'name' | 'remoteAssist' | 'userCap' | 'contactName' | 'contactEmail' | 'logo';

const labels: Record<EditField, string> = {
  name: 'Organization name',
  remoteAssist: 'Remote Assist',
  userCap: 'User cap',
  contactName: 'Contact name',
  contactEmail: 'Contact e-mail',
  logo: 'Logo',
};

/** How a field is called on the page. */
export function fieldLabel(field: string): string {
  return labels[field as EditField] ?? field;
}

const MOST_CHARACTERS = 255;
const MOST_USERS = 1_000_000;
// Characters that cannot be seen and break a line or a file.
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f]/;
const address = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\.]+$/;

/** Why a value cannot be used; empty where it can. The program checks again. */
export function fieldProblem(field: EditField, value: string): string {
  const text = value.trim();
  if (field === 'name' && text === '') return 'Enter a name.';
  if (field === 'userCap') return capProblem(text);
  if (controls.test(text)) return 'It holds characters that cannot be seen. Type it instead of pasting it.';
  if (field === 'contactEmail')
    return text === '' || (text.length <= 254 && address.test(text))
      ? ''
      : 'Enter an e-mail address such as name@example.com, or nothing.';
  const length = [...text].length;
  if (length > MOST_CHARACTERS)
    return `It has ${plural(length, 'character')}; at most ${count(MOST_CHARACTERS)} are possible.`;
  return '';
}

function capProblem(text: string): string {
  if (text === '') return '';
  const whole = /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_USERS;
  return whole ? '' : `Enter a whole number from 1 to ${count(MOST_USERS)}, or nothing for no cap.`;
}

/** A value in words, for sentences. */
export function valueWords(field: string, value: string): string {
  if (field === 'remoteAssist') return value === 'on' ? 'On' : value === 'off' ? 'Off' : 'not known';
  if (field === 'userCap') return value === '' ? 'no cap' : plural(Number(value), 'user');
  if (field === 'logo') return value === '' ? 'no logo' : 'a logo';
  return value === '' ? 'empty' : `“${value}”`;
}

/** The form in which two names are the same. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}
