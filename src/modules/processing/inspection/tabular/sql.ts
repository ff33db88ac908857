export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function double(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
