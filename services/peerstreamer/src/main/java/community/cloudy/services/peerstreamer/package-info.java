/**
 * Live video from one member to all: channels that PeerStreamer carries from node to node, found
 * through the catalogue, and shown to browsers by ffmpeg.
 */
@NullMarked
package community.cloudy.services.peerstreamer;

import org.jspecify.annotations.NullMarked;
