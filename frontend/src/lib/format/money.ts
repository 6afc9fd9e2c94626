const decimal = new Intl.NumberFormat().formatToParts(1.5).find((part) => part.type === 'decimal')?.value;
const whole = new Intl.NumberFormat();

/**
 * An amount such as "1200.50" as the system's locale writes it, with its
 * currency. No digit is rounded; a text that is no amount stays as it is.
 */
export function money(amount: string, currency: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (!parts) return amount === '' ? '—' : amount;
  const [, sign, digits, fraction] = parts;
  const text = whole.format(BigInt(digits ?? '0')) + (fraction ? `${decimal ?? '.'}${fraction}` : '');
  return `${sign ? '−' : ''}${text} ${currency}`.trim();
}
