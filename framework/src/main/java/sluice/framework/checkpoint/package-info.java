/** State of a training between two steps, from which it goes on with the same bits. */
package sluice.framework.checkpoint;
