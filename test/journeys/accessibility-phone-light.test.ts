import { testEveryPage } from './support/every-page.ts';

await testEveryPage(320, 'light');
