import type { Principal } from '../../../http/principal.js';

/** Who changes what is in production, and why. */
export interface Order {
  principal: Principal;
  modelId: string;
  reason: string | undefined;
}

export interface DeployOrder extends Order {
  /** Whether conditions of the policy that are not met are to be passed over; for admins who say why. */
  override: boolean;
}
