import { testEveryPage } from './support/every-page.ts';

await testEveryPage(1280, 'dark');
