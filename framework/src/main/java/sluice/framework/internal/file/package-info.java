/** Internal: files that users asked for. No API: may change with every version. */
package sluice.framework.internal.file;
