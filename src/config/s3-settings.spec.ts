import { InvalidEnvironmentError, readEnvironment } from './environment.js';
import { s3Settings } from './s3-settings.js';

const settings = (variables: NodeJS.ProcessEnv) => s3Settings(readEnvironment(variables));
const BUCKET = { S3_BUCKET: 'models' };

describe('s3Settings', () => {
  it('are none without a bucket', () => {
    expect(settings({ S3_ENDPOINT: 'http://minio:9000', S3_ACCESS_KEY_ID: 'half' })).toBeNull();
  });

  it('leave to the SDK what is not set', () => {
    expect(settings(BUCKET)).toEqual({
      bucket: 'models',
      prefix: '',
      endpoint: undefined,
      region: 'us-east-1',
      forcePathStyle: false,
      credentials: undefined,
    });
  });

  it('hold everything that is set', () => {
    const variables = {
      ...BUCKET,
      S3_ENDPOINT: 'https://minio:9000',
      S3_REGION: 'eu-central-1',
      S3_PREFIX: 'team/a',
      S3_FORCE_PATH_STYLE: 'true',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'secret',
    };
    expect(settings(variables)).toMatchObject({
      prefix: 'team/a',
      endpoint: 'https://minio:9000',
      region: 'eu-central-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    });
  });

  it.each([
    [{ S3_ACCESS_KEY_ID: 'hunter2' }, /^S3_SECRET_ACCESS_KEY: must be set too/],
    [{ S3_SECRET_ACCESS_KEY: 'hunter2' }, /^S3_ACCESS_KEY_ID: must be set too/],
  ])('are refused with half of the credentials, which are not repeated (%#)', (half, problem) => {
    const refused = () => settings({ ...BUCKET, ...half });
    expect(refused).toThrow(InvalidEnvironmentError);
    try {
      refused();
    } catch (error) {
      expect((error as InvalidEnvironmentError).problems).toEqual([expect.stringMatching(problem)]);
      expect((error as Error).message).not.toContain('hunter2');
    }
  });
});
