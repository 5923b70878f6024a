"""The front: connections, requests and answers in one event loop; what takes pages goes to Flask, in threads."""
