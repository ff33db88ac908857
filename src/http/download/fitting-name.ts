/**
 * A name whose extension is one of those that fit the content: where it is another one, or none, the first of them is
 * appended. So nobody is handed an executable by name, and no name that fits is changed.
 */
export function fittingName(name: string, fitting: readonly string[]): string {
  const folded = name.toLowerCase();
  return fitting.some((extension) => folded.endsWith(`.${extension}`)) ? name : `${name}.${fitting[0]}`;
}
