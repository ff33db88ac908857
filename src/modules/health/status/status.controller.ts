import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { ApiTokenProblems } from '../../../http/openapi/api-problems.js';
import { RequiresRole } from '../../../http/requires-role.js';
import { RELEASE } from '../../../metrics/release.js';
import { DatasetFormat, DatasetType } from '../../datasets/dataset-type.js';
import { ModelType } from '../../jobs/model-type.js';
import { StatusResponse } from './status.response.js';

/** What a client may ask before it asks for anything else; nothing here needs the database. */
@ApiTags('health')
@Controller('status')
export class StatusController {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  @Get()
  @RequiresRole('viewer')
  @ApiOperation({ summary: 'Get what the platform is and can do', description: 'Its release, types and limits.' })
  @ApiOkResponse({ description: 'What it is.', type: StatusResponse })
  @ApiTokenProblems()
  get(): StatusResponse {
    const { environment } = this;
    return {
      version: RELEASE,
      uptime: Math.round(process.uptime() * 1_000),
      modelTypes: Object.values(ModelType),
      datasetTypes: Object.values(DatasetType),
      datasetFormats: Object.values(DatasetFormat),
      capabilities: {
        queue: environment.REDIS_URL ? 'redis' : 'postgresql',
        engine: environment.ENGINE,
        files: environment.S3_BUCKET ? 's3' : 'folder',
        processFaults: environment.SIMULATOR_PROCESS_FAULTS,
      },
      limits: {
        bodyBytes: environment.BODY_LIMIT_BYTES,
        uploadBytes: environment.UPLOAD_LIMIT_BYTES,
        streamsPerUser: environment.STREAMS_PER_USER,
        requestsPerAddress: environment.RATE_LIMIT_PER_ADDRESS,
        requestsPerUser: environment.RATE_LIMIT_PER_USER,
        expensiveRequests: environment.RATE_LIMIT_EXPENSIVE,
      },
    };
  }
}
