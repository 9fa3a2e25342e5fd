/** Learns from a stream of mini-batches of which nobody says where one task ends and the next begins. */
package sluice.framework.stream;
