/** Model files as they are stored: the archive, its seal, and what describes a model. */
package sluice.framework.predict.file;
