# A configuration as people write it for the vendor's cloud; only the provider's block says that the service is here.
terraform {
  required_providers {
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
  }
}

variable "endpoint" {}
variable "access_key" {}
variable "secret_key" {}
variable "project_id" {}
variable "vpc_id" {}
variable "vip_subnet_id" {}
variable "subnet_id" {}
variable "member_address" {}

variable "weight" {
  default = 5
}

provider "huaweicloud" {
  region     = "local"
  access_key = var.access_key
  secret_key = var.secret_key
  project_id = var.project_id
  domain_id  = var.project_id
  endpoints  = { elb = "${var.endpoint}/" }
}

resource "huaweicloud_elb_loadbalancer" "web" {
  name              = "terraform smoke"
  description       = "made by terraform"
  vpc_id            = var.vpc_id
  ipv4_subnet_id    = var.vip_subnet_id
  availability_zone = ["az-1", "az-2"]
  tags              = { owner = "smoke" }
}

resource "huaweicloud_elb_listener" "web" {
  name            = "web"
  loadbalancer_id = huaweicloud_elb_loadbalancer.web.id
  protocol        = "HTTP"
  protocol_port   = 80
  tags            = { owner = "smoke" }

  access_policy = "white"
  ip_group      = huaweicloud_elb_ipgroup.office.id
}

resource "huaweicloud_elb_pool" "web" {
  name        = "web"
  protocol    = "HTTP"
  lb_method   = "ROUND_ROBIN"
  listener_id = huaweicloud_elb_listener.web.id
}

resource "huaweicloud_elb_pool" "images" {
  name            = "images"
  protocol        = "HTTP"
  lb_method       = "LEAST_CONNECTIONS"
  loadbalancer_id = huaweicloud_elb_loadbalancer.web.id

  persistence {
    type = "HTTP_COOKIE"
  }
}

resource "huaweicloud_elb_l7policy" "images" {
  name             = "images"
  action           = "REDIRECT_TO_POOL"
  listener_id      = huaweicloud_elb_listener.web.id
  redirect_pool_id = huaweicloud_elb_pool.images.id
}

resource "huaweicloud_elb_l7rule" "images" {
  l7policy_id  = huaweicloud_elb_l7policy.images.id
  type         = "PATH"
  compare_type = "STARTS_WITH"
  value        = "/images"
}

resource "huaweicloud_elb_security_policy" "modern" {
  name      = "modern"
  protocols = ["TLSv1.2", "TLSv1.3"]
  ciphers   = ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "TLS_AES_128_GCM_SHA256"]
}

resource "huaweicloud_elb_monitor" "web" {
  pool_id     = huaweicloud_elb_pool.web.id
  protocol    = "HTTP"
  interval    = 5
  timeout     = 3
  max_retries = 3
  url_path    = "/health"
}

resource "huaweicloud_elb_member" "web" {
  pool_id       = huaweicloud_elb_pool.web.id
  subnet_id     = var.subnet_id
  address       = var.member_address
  protocol_port = 8080
  weight        = var.weight
}

resource "huaweicloud_elb_ipgroup" "office" {
  name = "office"
  ip_list {
    ip          = "192.0.2.0/24"
    description = "office"
  }
}
