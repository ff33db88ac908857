export declare const RELEASE: { version: string; commit: string };
