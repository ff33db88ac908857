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
    const change = (bytes: number): number => {
      const all = (this.byTenant.get(tenantId) ?? 0) + bytes;
      own += bytes;
      if (all > 0) this.byTenant.set(tenantId, all);
      else this.byTenant.delete(tenantId);
      return all;
    };
    return { add: change, end: () => void change(-own) };
  }
}
