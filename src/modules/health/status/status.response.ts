import { ApiProperty } from '@nestjs/swagger';
import { DatasetFormat, DatasetType } from '../../datasets/dataset-type.js';
import { ModelType } from '../../jobs/model-type.js';

export class CapabilitiesResponse {
  @ApiProperty({ description: 'Where the queue lives.', enum: ['postgresql', 'redis'], enumName: 'QueueBackend' })
  queue: 'postgresql' | 'redis';

  @ApiProperty({ description: 'What trains.', example: 'simulator' })
  engine: string;

  @ApiProperty({ description: 'Where files lie.', enum: ['folder', 's3'], enumName: 'FileStore' })
  files: 'folder' | 's3';

  @ApiProperty({ description: 'Whether jobs may ask for faults that harm a whole worker process.' })
  processFaults: boolean;
}

export class LimitsResponse {
  @ApiProperty({ description: 'Largest JSON body, bytes.', type: 'integer', example: 1_048_576 })
  bodyBytes: number;

  @ApiProperty({ description: 'Largest upload, bytes.', type: 'integer', example: 10_737_418_240 })
  uploadBytes: number;

  @ApiProperty({ description: 'Live streams of one user in one API process.', type: 'integer', example: 50 })
  streamsPerUser: number;

  @ApiProperty({ description: 'Requests a minute from one address; 0: any number.', type: 'integer', example: 6_000 })
  requestsPerAddress: number;

  @ApiProperty({ description: 'Requests a minute of one user; 0: any number.', type: 'integer', example: 1_200 })
  requestsPerUser: number;

  @ApiProperty({ description: 'Of those, expensive ones; 0: any number.', type: 'integer', example: 120 })
  expensiveRequests: number;
}

export class StatusResponse {
  @ApiProperty({ description: 'The release, by semantic versioning.', example: '0.1.0' })
  version: string;

  @ApiProperty({ description: 'Milliseconds since this API process started.', type: 'integer', example: 86_400_000 })
  uptime: number;

  @ApiProperty({ description: 'What can be trained.', enum: ModelType, enumName: 'ModelType', isArray: true })
  modelTypes: ModelType[];

  @ApiProperty({ description: 'What can be learnt from.', enum: DatasetType, enumName: 'DatasetType', isArray: true })
  datasetTypes: DatasetType[];

  @ApiProperty({ description: 'What uploads may be.', enum: DatasetFormat, enumName: 'DatasetFormat', isArray: true })
  datasetFormats: DatasetFormat[];

  @ApiProperty({ description: 'How the platform is set up.', type: () => CapabilitiesResponse })
  capabilities: CapabilitiesResponse;

  @ApiProperty({ description: 'Of requests; those of a tenant are its quotas.', type: () => LimitsResponse })
  limits: LimitsResponse;
}
