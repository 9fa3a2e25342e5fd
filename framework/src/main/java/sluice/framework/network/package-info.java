/** The network that grows from task to task: its layers, the subnetworks of its tasks, their retention, growth and files. */
package sluice.framework.network;
