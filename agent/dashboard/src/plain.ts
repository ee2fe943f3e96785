/** Text from a program or a stranger, without what moves a cursor, reorders or hides text. */
export function plain(text: string): string {
  return text.replace(COLOURS, '').replace(UNSAFE, '\ufffd');
}

// What terminals take for colours says nothing here.
const COLOURS = /\u001b\[[0-9;]*m/g;
const UNSAFE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
