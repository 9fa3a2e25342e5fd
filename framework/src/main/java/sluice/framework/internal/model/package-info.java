/** Internal: the archive that models are stored in, and its seal. No API: may change with every version. */
package sluice.framework.internal.model;
