import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditService } from './audit.service.js';
import { OnBehalfInterceptor } from './on-behalf.interceptor.js';

@Module({
  providers: [AuditService, { provide: APP_INTERCEPTOR, useClass: OnBehalfInterceptor }],
  exports: [AuditService],
})
export class AuditModule {}
