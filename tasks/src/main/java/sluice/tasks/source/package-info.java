/**
 * Where data sets come from: {@link sluice.tasks.source.DataSets} knows them by name, reads them from the user's folders
 * or the cache, and downloads what the cache lacks.
 */
package sluice.tasks.source;
