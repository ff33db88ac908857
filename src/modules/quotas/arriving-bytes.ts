/** One upload's share of them. */
export interface Upload {
  /** Gives the bytes that are arriving for the tenant, with these. */
  add(bytes: number): number;
  end(): void;
}

/** Bytes that are on their way into this process, by tenant: the database counts what has arrived whole. */
export class ArrivingBytes {
  private readonly byTenant = new Map<string, number>();

  begin(tenantId: string): Upload {
    let own = 0;
    let isOver = false;
    const change = (bytes: number): number => {
      // What a refused form still brings is thrown away.
      const counted = isOver ? 0 : bytes;
      const all = (this.byTenant.get(tenantId) ?? 0) + counted;
      own += counted;
      if (all > 0) this.byTenant.set(tenantId, all);
      else this.byTenant.delete(tenantId);
      return all;
    };
    const end = () => {
      change(-own);
      isOver = true;
    };
    return { add: change, end };
  }
}
