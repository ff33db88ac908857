import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';

/** The least that a process of this kind is made of: Nest, Fastify, TypeORM and a pool of pg, and one route. */
@Controller()
class ReadyController {
  @Get('readyz')
  ready(): { status: string } {
    return { status: 'ok' };
  }
}

@Module({
  imports: [TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL! })],
  controllers: [ReadyController],
})
class BareModule {}

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
process.once('SIGTERM', () => void app.close().then(() => process.exit()));
process.send!({ type: 'ready' });
