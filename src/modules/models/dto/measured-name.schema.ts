import { MEASURED_NAMES } from '../../jobs/metrics.js';

/** The name of a measurement in the OpenAPI document. */
export const MEASURED_NAME = { enum: [...MEASURED_NAMES], enumName: 'MeasuredName' };
