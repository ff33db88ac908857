import { PartialType } from '@nestjs/swagger';
import { CreateJobRequest } from './create-job.request.js';

/** Any of the fields of a new job; hyperparameters, configuration, simulation and alerts are each replaced as a whole. */
export class UpdateJobRequest extends PartialType(CreateJobRequest, { skipNullProperties: false }) {}
