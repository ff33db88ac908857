import { ApiProperty } from '@nestjs/swagger';
import type { Performance } from '../../jobs/metrics.js';

/** How a trained model performs when it serves; by the simulator these are simulated from seed and plan. */
export class PerformanceResponse {
  @ApiProperty({
    description: 'Fraction; max(0, R²) for regression, the silhouette for clustering.',
    minimum: 0,
    maximum: 1,
    example: 0.94,
  })
  accuracy: number;

  @ApiProperty({ description: 'Milliseconds a request.', example: 45 })
  latency: number;

  @ApiProperty({ description: 'Requests a second.', example: 1200 })
  throughput: number;

  @ApiProperty({ description: 'MiB.', example: 256 })
  memoryUsage: number;

  static from(this: void, { accuracy, latency, throughput, memoryUsage }: Performance): PerformanceResponse {
    return { accuracy, latency, throughput, memoryUsage };
  }
}
