import { testEveryPage } from './support/every-page.ts';

await testEveryPage('en');
